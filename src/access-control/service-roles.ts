import { builtIn, commonActions } from './built-in-role.ts'
import type { RoleDefinition } from './role-definition.ts'

const vaultActions = [
  ...commonActions,
  'Microsoft.KeyVault/checkNameAvailability/read',
  'Microsoft.KeyVault/deletedVaults/read',
  'Microsoft.KeyVault/locations/*/read',
  'Microsoft.KeyVault/vaults/*/read',
  'Microsoft.KeyVault/operations/read',
]
const containers = 'Microsoft.Storage/storageAccounts/blobServices/containers'
const blobs = `${containers}/blobs`
const userDelegation = 'Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action'
const machineLoginActions = [
  'Microsoft.Network/publicIPAddresses/read',
  'Microsoft.Network/virtualNetworks/read',
  'Microsoft.Network/loadBalancers/read',
  'Microsoft.Network/networkInterfaces/read',
  'Microsoft.Compute/virtualMachines/*/read',
  'Microsoft.HybridCompute/machines/*/read',
]

/** Built-in roles for single services, those that identities of workloads are given most (wire.md F.7). */
export const serviceRoles: readonly RoleDefinition[] = [
  builtIn('4d97b98b-1d4f-4787-a291-c67834d212e7', 'Network Contributor', 'Keeps networks, without access to them.', [
    'Microsoft.Network/*',
    ...commonActions,
  ]),
  builtIn(
    '00482a5a-887f-4fb3-b363-3b7fe8e74483',
    'Key Vault Administrator',
    'Does everything with the content of a vault.',
    vaultActions,
    [],
    ['Microsoft.KeyVault/vaults/*'],
  ),
  builtIn(
    'b86a8fe4-44ce-4948-aee5-eccb2c155cd7',
    'Key Vault Secrets Officer',
    'Does everything with the secrets of a vault.',
    vaultActions,
    [],
    ['Microsoft.KeyVault/vaults/secrets/*'],
  ),
  builtIn(
    '4633458b-17de-408a-b874-0445c86b69e6',
    'Key Vault Secrets User',
    'Reads the secrets of a vault.',
    [],
    [],
    ['Microsoft.KeyVault/vaults/secrets/getSecret/action', 'Microsoft.KeyVault/vaults/secrets/readMetadata/action'],
  ),
  builtIn(
    '21090545-7ca7-4776-b22c-e363652d74d2',
    'Key Vault Reader',
    'Reads what a vault says of its content, without the values.',
    vaultActions,
    [],
    ['Microsoft.KeyVault/vaults/*/read', 'Microsoft.KeyVault/vaults/secrets/readMetadata/action'],
  ),
  builtIn('17d1049b-9a84-46fb-8f53-869881c3d3ab', 'Storage Account Contributor', 'Keeps storage accounts, their keys included.', [
    'Microsoft.Storage/storageAccounts/*',
    'Microsoft.Insights/diagnosticSettings/*',
    'Microsoft.Network/virtualNetworks/subnets/joinViaServiceEndpoint/action',
    'Microsoft.ResourceHealth/availabilityStatuses/read',
    ...commonActions,
  ]),
  builtIn(
    'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
    'Storage Blob Data Owner',
    'Does everything with blobs and containers, their access control included.',
    [`${containers}/*`, userDelegation],
    [],
    [`${blobs}/*`],
  ),
  builtIn(
    'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
    'Storage Blob Data Contributor',
    'Reads, writes and deletes blobs and containers.',
    [`${containers}/delete`, `${containers}/read`, `${containers}/write`, userDelegation],
    [],
    [`${blobs}/delete`, `${blobs}/read`, `${blobs}/write`, `${blobs}/move/action`, `${blobs}/add/action`],
  ),
  builtIn(
    '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
    'Storage Blob Data Reader',
    'Reads blobs and containers.',
    [`${containers}/read`, userDelegation],
    [],
    [`${blobs}/read`],
  ),
  builtIn('7f951dda-4ed3-4680-a7ca-43fe172d538d', 'AcrPull', 'Pulls images from a container registry.', [
    'Microsoft.ContainerRegistry/registries/pull/read',
  ]),
  builtIn('8311e382-0749-4cb8-b61a-304f252e45ec', 'AcrPush', 'Pulls images from a container registry and pushes them to it.', [
    'Microsoft.ContainerRegistry/registries/pull/read',
    'Microsoft.ContainerRegistry/registries/push/write',
  ]),
  builtIn(
    '1c0163c0-47e6-4577-8991-ea5c82e286e4',
    'Virtual Machine Administrator Login',
    'Signs in to virtual machines as an administrator.',
    machineLoginActions,
    [],
    ['Microsoft.Compute/virtualMachines/login/action', 'Microsoft.Compute/virtualMachines/loginAsAdmin/action'],
  ),
  builtIn(
    'fb879df8-f326-4884-b1cf-06f3ad86be52',
    'Virtual Machine User Login',
    'Signs in to virtual machines as a user.',
    machineLoginActions,
    [],
    ['Microsoft.Compute/virtualMachines/login/action'],
  ),
]
