import type { SourcedService } from './service-resource-id.ts'

const azureCli = 'azure-cli 2.91, cloud.py'

/** What Azure CLI is configured with for each cloud. */
export const commandLineServices: readonly SourcedService[] = [
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
