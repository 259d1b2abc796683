import { regions } from './locations.ts'

/** What providers of Azure offer, as far as clients ask before they call: newest api-version first. */
const versions = [
  '2026-04-01',
  '2025-04-01',
  '2024-11-01',
  '2024-03-01',
  '2023-01-31',
  '2022-04-01',
  '2021-04-01',
  '2020-06-01',
  '2018-06-01',
  '2015-07-01',
]

const types: Readonly<Record<string, readonly string[]>> = {
  'Microsoft.App': ['containerApps', 'jobs', 'managedEnvironments'],
  'Microsoft.AppConfiguration': ['configurationStores'],
  'Microsoft.Authorization': ['roleAssignments', 'roleDefinitions', 'permissions'],
  'Microsoft.Automation': ['automationAccounts'],
  'Microsoft.Batch': ['batchAccounts'],
  'Microsoft.Cache': ['redis'],
  'Microsoft.CognitiveServices': ['accounts'],
  'Microsoft.Compute': [
    'virtualMachines',
    'virtualMachines/extensions',
    'virtualMachineScaleSets',
    'availabilitySets',
    'disks',
    'galleries',
    'images',
    'locations',
    'snapshots',
    'sshPublicKeys',
  ],
  'Microsoft.ContainerInstance': ['containerGroups'],
  'Microsoft.ContainerRegistry': ['registries'],
  'Microsoft.ContainerService': ['managedClusters'],
  'Microsoft.DataFactory': ['factories'],
  'Microsoft.DBforPostgreSQL': ['flexibleServers'],
  'Microsoft.DocumentDB': ['databaseAccounts'],
  'Microsoft.EventGrid': ['domains', 'systemTopics', 'topics'],
  'Microsoft.EventHub': ['namespaces'],
  'Microsoft.HybridCompute': ['machines', 'machines/extensions'],
  'Microsoft.Insights': ['components', 'diagnosticSettings'],
  'Microsoft.KeyVault': ['vaults', 'vaults/secrets', 'managedHSMs'],
  'Microsoft.Kubernetes': ['connectedClusters'],
  'Microsoft.Logic': ['workflows'],
  'Microsoft.ManagedIdentity': ['identities', 'userAssignedIdentities', 'userAssignedIdentities/federatedIdentityCredentials'],
  'Microsoft.Management': ['managementGroups'],
  'Microsoft.Network': [
    'applicationGateways',
    'loadBalancers',
    'networkInterfaces',
    'networkSecurityGroups',
    'privateEndpoints',
    'publicIPAddresses',
    'virtualNetworks',
    'virtualNetworks/subnets',
  ],
  'Microsoft.OperationalInsights': ['workspaces'],
  'Microsoft.Resources': ['subscriptions', 'resourceGroups', 'tags'],
  'Microsoft.ServiceBus': ['namespaces'],
  'Microsoft.Sql': ['servers', 'servers/databases', 'managedInstances'],
  'Microsoft.Storage': ['storageAccounts', 'storageAccounts/blobServices', 'storageAccounts/blobServices/containers'],
  'Microsoft.Web': ['serverfarms', 'sites', 'sites/slots', 'staticSites'],
}

export const providerNamespaces = Object.keys(types)

/** A provider as `GET /subscriptions/{id}/providers/{namespace}` shows it; undefined for one that is not known. */
export function provider(subscriptionId: string, namespace: string): object | undefined {
  const known = providerNamespaces.find((name) => name.toLowerCase() === namespace.toLowerCase())
  if (known === undefined) return undefined
  return {
    id: `/subscriptions/${subscriptionId}/providers/${known}`,
    namespace: known,
    registrationState: 'Registered',
    registrationPolicy: 'RegistrationRequired',
    resourceTypes: (types[known] ?? []).map((resourceType) => ({
      resourceType,
      locations: regions.map(([, displayName]) => displayName),
      apiVersions: versions,
      capabilities: 'SupportsTags, SupportsLocation',
    })),
  }
}
