import { rowsOf, type ServiceResourceId, type SourcedService } from './service-resource-id.ts'

const managedIdentityDocumentation = 'Azure documentation, services-support-managed-identities'
const azureCli = 'azure-cli 2.91, cloud.py'

/** The same id in every cloud. */
const everywhere = (id: string): SourcedService['ids'] => ({
  AzureCloud: id,
  AzureUSGovernment: id,
  AzureGermanCloud: id,
  AzureChinaCloud: id,
})

/** The services that the documentation names as tested with managed identities. */
const testedServices: readonly SourcedService[] = [
  {
    service: 'Azure Resource Manager',
    source: managedIdentityDocumentation,
    ids: {
      AzureCloud: 'https://management.azure.com/',
      AzureUSGovernment: 'https://management.usgovcloudapi.net/',
      AzureGermanCloud: 'https://management.microsoftazure.de/',
      AzureChinaCloud: 'https://management.chinacloudapi.cn',
    },
  },
  {
    service: 'Azure Key Vault',
    source: managedIdentityDocumentation,
    ids: {
      AzureCloud: 'https://vault.azure.net',
      AzureUSGovernment: 'https://vault.usgovcloudapi.net',
      AzureGermanCloud: 'https://vault.microsoftazure.de',
      AzureChinaCloud: 'https://vault.azure.cn',
    },
  },
  {
    service: 'Azure Data Lake',
    source: managedIdentityDocumentation,
    ids: { AzureCloud: 'https://datalake.azure.net/' },
  },
  {
    service: 'Azure SQL',
    source: managedIdentityDocumentation,
    ids: {
      AzureCloud: 'https://database.windows.net/',
      AzureUSGovernment: 'https://database.usgovcloudapi.net/',
      AzureGermanCloud: 'https://database.cloudapi.de/',
      AzureChinaCloud: 'https://database.chinacloudapi.cn/',
    },
  },
  { service: 'Azure Event Hubs', source: managedIdentityDocumentation, ids: everywhere('https://eventhubs.azure.net') },
  { service: 'Azure Service Bus', source: managedIdentityDocumentation, ids: everywhere('https://servicebus.azure.net') },
  { service: 'Azure Storage', source: managedIdentityDocumentation, ids: everywhere('https://storage.azure.com/') },
  {
    service: 'Azure Cosmos DB',
    source: managedIdentityDocumentation,
    ids: {
      AzureCloud: 'https://cosmos.azure.com',
      AzureUSGovernment: 'https://cosmos.azure.us',
      AzureGermanCloud: 'https://cosmos.microsoftazure.de',
      AzureChinaCloud: 'https://cosmos.azure.cn',
    },
  },
  {
    // The star is part of the id: clients ask for it as it stands. A server's own address is taken as well.
    service: 'Azure Analysis Services',
    source: managedIdentityDocumentation,
    ids: {
      AzureCloud: 'https://*.asazure.windows.net',
      AzureUSGovernment: 'https://*.asazure.usgovcloudapi.net',
      AzureGermanCloud: 'https://*.asazure.cloudapi.de',
      AzureChinaCloud: 'https://*.asazure.chinacloudapi.cn',
    },
  },
]

/** What Azure CLI is configured with for each cloud. */
const commandLineServices: readonly SourcedService[] = [
  {
    service: 'Azure service management (az, PowerShell)',
    source: azureCli,
    ids: {
      AzureCloud: 'https://management.core.windows.net/',
      AzureUSGovernment: 'https://management.core.usgovcloudapi.net/',
      AzureGermanCloud: 'https://management.core.cloudapi.de/',
      AzureChinaCloud: 'https://management.core.chinacloudapi.cn/',
    },
  },
  {
    service: 'Microsoft Graph',
    source: azureCli,
    ids: {
      AzureCloud: 'https://graph.microsoft.com',
      AzureUSGovernment: 'https://graph.microsoft.us/',
      AzureGermanCloud: 'https://graph.microsoft.de',
      AzureChinaCloud: 'https://microsoftgraph.chinacloudapi.cn',
    },
  },
  {
    service: 'Azure AD Graph (retired)',
    source: azureCli,
    ids: {
      AzureCloud: 'https://graph.windows.net/',
      AzureUSGovernment: 'https://graph.microsoftazure.us/',
      AzureGermanCloud: 'https://graph.cloudapi.de/',
      AzureChinaCloud: 'https://graph.chinacloudapi.cn/',
    },
  },
  {
    service: 'Azure Batch',
    source: azureCli,
    ids: {
      AzureCloud: 'https://batch.core.windows.net/',
      AzureUSGovernment: 'https://batch.core.usgovcloudapi.net/',
      AzureGermanCloud: 'https://batch.cloudapi.de/',
      AzureChinaCloud: 'https://batch.chinacloudapi.cn/',
    },
  },
  {
    service: 'Azure Database for PostgreSQL, MySQL and MariaDB',
    source: azureCli,
    ids: {
      AzureCloud: 'https://ossrdbms-aad.database.windows.net',
      AzureUSGovernment: 'https://ossrdbms-aad.database.usgovcloudapi.net',
      AzureGermanCloud: 'https://ossrdbms-aad.database.cloudapi.de',
      AzureChinaCloud: 'https://ossrdbms-aad.database.chinacloudapi.cn',
    },
  },
  {
    service: 'Azure Log Analytics (query)',
    source: azureCli,
    ids: {
      AzureCloud: 'https://api.loganalytics.io',
      AzureUSGovernment: 'https://api.loganalytics.us',
      AzureChinaCloud: 'https://api.loganalytics.azure.cn',
    },
  },
  {
    service: 'Application Insights (query)',
    source: azureCli,
    ids: {
      AzureCloud: 'https://api.applicationinsights.io',
      AzureUSGovernment: 'https://api.applicationinsights.us',
      AzureChinaCloud: 'https://api.applicationinsights.azure.cn',
    },
  },
  {
    service: 'Azure Synapse Analytics',
    source: azureCli,
    ids: {
      AzureCloud: 'https://dev.azuresynapse.net',
      AzureUSGovernment: 'https://dev.azuresynapse.usgovcloudapi.net',
      AzureChinaCloud: 'https://dev.azuresynapse.azure.cn',
    },
  },
  {
    service: 'Azure Media Services (retired)',
    source: azureCli,
    ids: {
      AzureCloud: 'https://rest.media.azure.net',
      AzureUSGovernment: 'https://rest.media.usgovcloudapi.net',
      AzureGermanCloud: 'https://rest.media.cloudapi.de',
      AzureChinaCloud: 'https://rest.media.chinacloudapi.cn',
    },
  },
  { service: 'Azure Attestation', source: azureCli, ids: { AzureCloud: 'https://attest.azure.net' } },
  { service: 'Azure App Service (build and deployment)', source: azureCli, ids: { AzureCloud: 'https://appservice.azure.com' } },
]

/** What the SDK of each service asks for. */
const sdkServices: readonly SourcedService[] = [
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

/** The resource ids of Azure's services, in each cloud, with what vouches for each. */
export const resourceIds: readonly ServiceResourceId[] = rowsOf([...testedServices, ...commandLineServices, ...sdkServices])
