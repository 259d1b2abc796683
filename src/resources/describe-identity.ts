import type { DirectoryStore } from '../directory/directory-store.ts'
import type { IdentityView } from './operations.ts'
import type { Resource } from './resource.ts'

/** The identity block that Azure answers with (wire.md F.5). Identities whose principal is gone are left out. */
export async function describeIdentity(directory: DirectoryStore, { identity }: Resource): Promise<IdentityView | undefined> {
  if (!identity) return undefined
  const system = identity.systemAssigned === undefined ? undefined : await directory.findServicePrincipal(identity.systemAssigned)
  const userAssigned: Record<string, { principalId: string; clientId: string }> = {}
  for (const id of identity.userAssigned) {
    const principal = await directory.findServicePrincipalManagedBy(id.toLowerCase())
    if (principal) userAssigned[id] = { principalId: principal.objectId, clientId: principal.clientId }
  }
  const hasUserAssigned = Object.keys(userAssigned).length > 0
  if (!system && !hasUserAssigned) return undefined
  return {
    type: system ? (hasUserAssigned ? 'SystemAssigned, UserAssigned' : 'SystemAssigned') : 'UserAssigned',
    ...(system && { principalId: system.objectId, tenantId: await directory.tenantId() }),
    ...(hasUserAssigned && { userAssignedIdentities: userAssigned }),
  }
}
