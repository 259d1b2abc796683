import { createManagedPrincipal } from '../../directory/managed-principals.ts'
import type { ResourceId } from '../../resource-ids/resource-id.ts'
import { InvalidResourceInputError } from '../errors.ts'
import type { ResourceKind } from '../resource-kind.ts'

export function isUserAssignedIdentity(id: ResourceId): boolean {
  return id.type.toLowerCase() === 'microsoft.managedidentity/userassignedidentities'
}

/** `Microsoft.ManagedIdentity/userAssignedIdentities` (wire.md F.6): has a principal for as long as it exists. */
export const userAssignedIdentityKind: ResourceKind = {
  type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
  needsLocation: true,
  mayHaveIdentity: false,
  checkName({ name }) {
    if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/.test(name)) return
    throw new InvalidResourceInputError(
      'BadRequest',
      `The name '${name}' of a user-assigned identity must begin with a letter or a digit, and have at most 128 letters, digits, '-' and '_'.`,
    )
  },
  async complete({ stores, id, properties, now, newGuid }) {
    const principal =
      (await stores.directory.findServicePrincipalManagedBy(id.key)) ??
      (await createManagedPrincipal(stores.directory, {
        kind: 'userAssigned',
        managedBy: id.text,
        displayName: id.name,
        now,
        newGuid,
      }))
    return {
      tenantId: await stores.directory.tenantId(),
      principalId: principal.objectId,
      clientId: principal.clientId,
      isolationScope: parseIsolationScope(properties['isolationScope']),
    }
  },
}

function parseIsolationScope(value: unknown): 'None' | 'Regional' {
  if (value === undefined || value === 'None' || value === 'Regional') return value ?? 'None'
  throw new InvalidResourceInputError(
    'BadRequest',
    `The isolationScope ${JSON.stringify(value)} is not one of 'None', 'Regional'.`,
  )
}
