import type { ResourceId } from '../resource-ids/resource-id.ts'
import { virtualMachineKind } from './compute/virtual-machine.ts'
import { userAssignedIdentityKind } from './managed-identity/user-assigned-identity.ts'
import type { ResourceKind } from './resource-kind.ts'

const known = new Map<string, ResourceKind>([
  ['microsoft.compute/virtualmachines', virtualMachineKind],
  ['microsoft.managedidentity/userassignedidentities', userAssignedIdentityKind],
])

const generic: ResourceKind = {
  needsLocation: false,
  mayHaveIdentity: true,
  complete: async ({ properties }) => ({ ...properties, provisioningState: 'Succeeded' }),
}

/** The kind of a resource by its type; a type that has none of its own is kept as it was sent. */
export function resourceKind(id: ResourceId): ResourceKind {
  return known.get(id.type.toLowerCase()) ?? generic
}
