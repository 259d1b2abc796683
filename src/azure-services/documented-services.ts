import type { SourcedService } from './service-resource-id.ts'

const managedIdentityDocumentation = 'Azure documentation, services-support-managed-identities'

/** The same id in every cloud. */
const everywhere = (id: string): SourcedService['ids'] => ({
  AzureCloud: id,
  AzureUSGovernment: id,
  AzureGermanCloud: id,
  AzureChinaCloud: id,
})

/** The services that the documentation names as tested with managed identities. */
export const documentedServices: readonly SourcedService[] = [
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
