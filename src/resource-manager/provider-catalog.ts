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
  'Microsoft.Authorization': ['roleAssignments', 'roleDefinitions', 'permissions'],
  'Microsoft.Compute': ['virtualMachines', 'virtualMachines/extensions', 'disks', 'locations', 'virtualMachineScaleSets'],
  'Microsoft.KeyVault': ['vaults'],
  'Microsoft.ManagedIdentity': ['identities', 'userAssignedIdentities', 'userAssignedIdentities/federatedIdentityCredentials'],
  'Microsoft.Network': ['networkInterfaces', 'networkSecurityGroups', 'publicIPAddresses', 'virtualNetworks'],
  'Microsoft.Resources': ['subscriptions', 'resourceGroups', 'deployments', 'tags'],
  'Microsoft.Storage': ['storageAccounts'],
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
