import { rowsOf, type ServiceResourceId } from './service-resource-id.ts'

const documentation = 'Azure documentation, services-support-managed-identities'

/** Of a storage account, by the part of it that is asked. */
const storageAccount = (part: 'blob' | 'queue' | 'table', source: string) => ({
  service: `Azure Storage, ${part} service of an account`,
  source,
  ids: {
    AzureCloud: `https://{account}.${part}.core.windows.net`,
    AzureUSGovernment: `https://{account}.${part}.core.usgovcloudapi.net`,
    AzureGermanCloud: `https://{account}.${part}.core.cloudapi.de`,
    AzureChinaCloud: `https://{account}.${part}.core.chinacloudapi.cn`,
  },
})

/**
 * Audiences that name one instance of a service, for the services that have them: most have not, and a token for
 * `https://{vault}.vault.azure.net` is refused with AADSTS500011. What stands in braces is one label of a host name.
 */
export const instanceAudiences: readonly ServiceResourceId[] = rowsOf([
  storageAccount('blob', documentation),
  storageAccount('queue', documentation),
  storageAccount('table', documentation),
  {
    service: 'Azure Storage, file service of an account',
    source: 'azure-sdk-for-js, @azure/storage-file-share',
    ids: { AzureCloud: 'https://{account}.file.core.windows.net' },
  },
  {
    service: 'Azure Storage, Data Lake service of an account',
    source: 'azure-sdk-for-js, @azure/storage-file-datalake',
    ids: { AzureCloud: 'https://{account}.dfs.core.windows.net' },
  },
  {
    service: 'Azure Cosmos DB, an account',
    source: documentation,
    ids: {
      AzureCloud: 'https://{account}.documents.azure.com',
      AzureUSGovernment: 'https://{account}.documents.azure.us',
      AzureGermanCloud: 'https://{account}.documents.microsoftazure.de',
      AzureChinaCloud: 'https://{account}.documents.azure.cn',
    },
  },
  {
    service: 'Azure Data Explorer (Kusto), a cluster',
    source: documentation,
    ids: {
      AzureCloud: 'https://{cluster}.{region}.kusto.windows.net',
      AzureUSGovernment: 'https://{cluster}.{region}.kusto.usgovcloudapi.net',
      AzureGermanCloud: 'https://{cluster}.{region}.kusto.cloudapi.de',
      AzureChinaCloud: 'https://{cluster}.{region}.kusto.chinacloudapi.cn',
    },
  },
  {
    service: 'Azure Data Explorer (Kusto), a cluster without its region',
    source: 'Azure MCP Server documentation, API permissions',
    ids: { AzureCloud: 'https://{cluster}.kusto.windows.net' },
  },
  {
    service: 'Azure Event Hubs and Service Bus, a namespace (Kafka clients)',
    source: 'Azure/azure-event-hubs-for-kafka, OAuth tutorials',
    ids: { AzureCloud: 'https://{namespace}.servicebus.windows.net' },
  },
  {
    service: 'Azure Analysis Services, a region',
    source: 'azure-powershell, Az.AnalysisServices',
    ids: {
      AzureCloud: 'https://{region}.asazure.windows.net',
      AzureUSGovernment: 'https://{region}.asazure.usgovcloudapi.net',
      AzureGermanCloud: 'https://{region}.asazure.cloudapi.de',
      AzureChinaCloud: 'https://{region}.asazure.chinacloudapi.cn',
    },
  },
])
