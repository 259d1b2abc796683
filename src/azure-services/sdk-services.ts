import type { SourcedService } from './service-resource-id.ts'

/** What the SDK of each service asks for. */
export const sdkServices: readonly SourcedService[] = [
  {
    service: 'Azure Managed HSM',
    source: 'azure-sdk-for-net, ChallengeBasedAuthenticationPolicy tests',
    ids: { AzureCloud: 'https://managedhsm.azure.net', AzureUSGovernment: 'https://managedhsm.usgovcloudapi.net' },
  },
  {
    service: 'Azure AI services, Azure OpenAI',
    source: 'azure-sdk-for-net, Azure.AI.OpenAI audience',
    ids: { AzureCloud: 'https://cognitiveservices.azure.com', AzureUSGovernment: 'https://cognitiveservices.azure.us' },
  },
  {
    service: 'Azure AI Foundry',
    source: 'azure-ai-projects 2 for Python',
    ids: { AzureCloud: 'https://ai.azure.com' },
  },
  {
    service: 'Azure App Configuration',
    source: 'Azure MCP Server documentation, API permissions',
    ids: { AzureCloud: 'https://azconfig.io' },
  },
  {
    service: 'Azure App Configuration',
    source: 'azure-appconfiguration for Python, _audience.py',
    ids: {
      AzureCloud: 'https://appconfig.azure.com/',
      AzureUSGovernment: 'https://appconfig.azure.us/',
      AzureChinaCloud: 'https://appconfig.azure.cn/',
    },
  },
  {
    service: 'Azure Container Registry',
    source: 'Azure MCP Server documentation, API permissions',
    ids: { AzureCloud: 'https://containerregistry.azure.net' },
  },
  {
    service: 'Azure Monitor (ingestion)',
    source: 'azure-sdk-for-java, azure-monitor-opentelemetry-exporter',
    ids: { AzureCloud: 'https://monitor.azure.com' },
  },
  {
    service: 'Azure Data Explorer (Kusto)',
    source: 'Kusto service, /v1/rest/auth/metadata',
    ids: { AzureCloud: 'https://kusto.kusto.windows.net' },
  },
  {
    service: 'Azure Digital Twins',
    source: 'azure-sdk-for-net, Azure.DigitalTwins.Core',
    ids: { AzureCloud: 'https://digitaltwins.azure.net' },
  },
  {
    service: 'Azure IoT Hub',
    source: 'azure-iot-service-sdk for Java and Node',
    ids: { AzureCloud: 'https://iothubs.azure.net', AzureUSGovernment: 'https://iothubs.azure.us' },
  },
  {
    service: 'Azure Event Grid',
    source: 'azure-sdk-for-net, Azure.Messaging.EventGrid',
    ids: { AzureCloud: 'https://eventgrid.azure.net' },
  },
  {
    service: 'Azure Relay',
    source: 'Azure documentation, authenticate with Entra ID for Azure Relay',
    ids: { AzureCloud: 'https://relay.azure.net' },
  },
  {
    service: 'Azure SignalR Service',
    source: 'Azure/azure-signalr, MicrosoftEntraAccessKey',
    ids: { AzureCloud: 'https://signalr.azure.com' },
  },
  {
    service: 'Azure Web PubSub',
    source: 'azure-sdk-for-net, Azure.Messaging.WebPubSub',
    ids: { AzureCloud: 'https://webpubsub.azure.com' },
  },
  {
    service: 'Azure AI Search',
    source: 'azure-sdk-for-js, @azure/search-documents, KnownSearchAudience',
    ids: {
      AzureCloud: 'https://search.azure.com',
      AzureUSGovernment: 'https://search.azure.us',
      AzureChinaCloud: 'https://search.azure.cn',
    },
  },
  {
    service: 'Azure Communication Services',
    source: 'azure-sdk-for-js, @azure/communication-common',
    ids: { AzureCloud: 'https://communication.azure.com' },
  },
  {
    service: 'Microsoft Purview',
    source: 'azure-sdk-for-net, Azure.Analytics.Purview',
    ids: { AzureCloud: 'https://purview.azure.net' },
  },
  {
    service: 'Azure Machine Learning',
    source: 'azure-ai-inference for Python',
    ids: { AzureCloud: 'https://ml.azure.com' },
  },
  {
    service: 'Azure Maps',
    source: 'azure-sdk-for-net and -python, maps',
    ids: { AzureCloud: 'https://atlas.microsoft.com' },
  },
  {
    service: 'Azure Cache for Redis, Azure Managed Redis',
    source: 'redis/redis-entraid and Microsoft.Azure.StackExchangeRedis',
    ids: { AzureCloud: 'https://redis.azure.com' },
  },
  {
    service: 'Power BI, Microsoft Fabric',
    source: 'Power BI client code; the documentation was not read',
    ids: { AzureCloud: 'https://analysis.windows.net/powerbi/api' },
  },
  {
    service: 'Azure DevOps',
    source: 'Azure DevOps client code; the documentation was not read',
    ids: { AzureCloud: '499b84ac-1321-427f-aa17-267ca6975798' },
  },
  {
    service: 'Azure Databricks',
    source: 'Azure Databricks client code; the documentation was not read',
    ids: { AzureCloud: '2ff814a6-3304-4ab8-85cb-cd0e6f879c1d' },
  },
  {
    service: 'Azure Kubernetes Service (Entra server)',
    source: 'kubelogin documentation, and azure-cli 2.91, acs/custom.py',
    ids: { AzureCloud: '6dae42f8-4368-4678-94ff-3960e28e3630' },
  },
]
