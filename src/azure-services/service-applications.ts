/** The application of a service in Entra: its id is an audience too. */
export interface ServiceApplication {
  readonly service: string
  /** The application's client id. */
  readonly applicationId: string
  readonly source: string
}

const apiPermissions = 'Azure MCP Server documentation, API permissions'

/** Applications of Microsoft's own that every tenant has or gets, and that clients name by their ids. */
export const serviceApplications: readonly ServiceApplication[] = [
  { service: 'Microsoft Graph', applicationId: '00000003-0000-0000-c000-000000000000', source: 'Microsoft Graph documentation' },
  {
    service: 'Azure AD Graph (retired)',
    applicationId: '00000002-0000-0000-c000-000000000000',
    source: 'Microsoft Graph documentation',
  },
  { service: 'Azure Resource Manager', applicationId: '797f4846-ba00-4fd7-ba43-dac1f8f63013', source: apiPermissions },
  { service: 'Azure Key Vault', applicationId: 'cfa8b339-82a2-471a-a3c9-0fc0be7a4093', source: apiPermissions },
  { service: 'Azure Storage', applicationId: 'e406a681-f3d4-42a8-90b6-c2b029497af1', source: apiPermissions },
  { service: 'Azure Data Explorer (Kusto)', applicationId: '2746ea77-4702-4b45-80ca-3c97e680e8b7', source: apiPermissions },
  {
    service: 'Azure Database for PostgreSQL, MySQL and MariaDB',
    applicationId: '123cd850-d9df-40bd-94d5-c9f07b7fa203',
    source: apiPermissions,
  },
  { service: 'Azure App Configuration', applicationId: '35ffadb3-7fc1-497e-b61b-381d28e744cc', source: apiPermissions },
  { service: 'Azure Event Hubs', applicationId: '80369ed6-5f11-4dd9-bef3-692475845e77', source: apiPermissions },
  { service: 'Azure Service Bus', applicationId: '80a10ef9-8168-493d-abf9-3297c4ef6e3c', source: apiPermissions },
  { service: 'Azure AI Search', applicationId: '880da380-985e-4198-81b9-e05b1cc53158', source: apiPermissions },
  { service: 'Azure AI services, Azure OpenAI', applicationId: '7d312290-28c8-473c-a0ed-8e53749b6d6d', source: apiPermissions },
  { service: 'Azure Cosmos DB', applicationId: 'f8202e39-5162-4378-8714-8018bb911e5c', source: apiPermissions },
  { service: 'Azure Container Registry', applicationId: '76c92352-c057-4cc2-9b1e-f34c32bc58bd', source: apiPermissions },
  { service: 'Azure SignalR Service', applicationId: 'cdad765c-f191-43ba-b9f5-7aef392f811d', source: apiPermissions },
  { service: 'Azure Communication Services', applicationId: '632ec9eb-fad7-4cbd-993a-e72973ba2acc', source: apiPermissions },
  {
    service: 'Application Insights (query)',
    applicationId: 'f5c26e74-f226-4ae8-85f0-b4af0080ac9e',
    source: 'pnp/sp-dev-fx-webparts, Application Insights API',
  },
]
