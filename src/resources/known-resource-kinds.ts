import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import type { ResourceId } from '../resource-ids/resource-id.ts'
import { virtualMachineExtensionKind } from './compute/virtual-machine-extension.ts'
import { virtualMachineKind } from './compute/virtual-machine.ts'
import { managedClusterKind } from './container-service/managed-cluster.ts'
import { federatedCredentialKind } from './managed-identity/federated-credential.ts'
import { userAssignedIdentityKind } from './managed-identity/user-assigned-identity.ts'
import type { ResourceKind } from './resource-kind.ts'

const known = new Map(
  [virtualMachineKind, virtualMachineExtensionKind, userAssignedIdentityKind, federatedCredentialKind, managedClusterKind].map(
    (kind) => [kind.type.toLowerCase(), kind],
  ),
)

const generic: Omit<ResourceKind, 'type'> = {
  needsLocation: false,
  mayHaveIdentity: true,
  complete: async ({ properties }) => ({ ...properties, provisioningState: 'Succeeded' }),
}

/** The kind of a resource by its type; a type that has none of its own is kept as it was sent. */
export function resourceKind(id: ResourceId): Omit<ResourceKind, 'type'> {
  return known.get(id.type.toLowerCase()) ?? generic
}

/** The id with its type in Azure's own casing, as far as the type is known: what a new resource is called by. */
export function withKnownType(id: ResourceId): ResourceId {
  const type = known.get(id.type.toLowerCase())?.type
  if (type === undefined || type === id.type) return id
  return parseResourceId(`${id.parent?.text ?? ''}/providers/${type}/${id.name}`)
}
