import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import { isUserAssignedIdentity } from './managed-identity/user-assigned-identity.ts'
import type { Resource } from './resource.ts'
import type { Stores } from './unit-of-work.ts'

/**
 * Deletes resources together with the principals they manage: those of system identities and those of user-assigned
 * identities among them. Role assignments stay, with the dead principal id, as in Azure.
 */
export async function releaseAndDelete(stores: Stores, doomed: readonly Resource[]): Promise<void> {
  const deletedIdentities = new Set<string>()
  for (const resource of doomed) {
    const id = parseResourceId(resource.id)
    if (resource.identity?.systemAssigned !== undefined) {
      await stores.directory.deleteServicePrincipal(resource.identity.systemAssigned)
    }
    if (isUserAssignedIdentity(id)) {
      const principal = await stores.directory.findServicePrincipalManagedBy(id.key)
      if (principal) await stores.directory.deleteServicePrincipal(principal.objectId)
      deletedIdentities.add(id.key)
    }
    await stores.resources.deleteResource(id.key)
  }
  if (deletedIdentities.size > 0) await detachEverywhere(stores, deletedIdentities)
}

/**
 * A resource that went on listing a deleted identity would be given a later one of the same name, without anyone having
 * been allowed to assign that one. So the ids are taken off.
 */
async function detachEverywhere(stores: Stores, identityKeys: ReadonlySet<string>): Promise<void> {
  for (const { subscriptionId } of await stores.resources.listSubscriptions()) {
    for (const resource of await stores.resources.listResourcesBelow(`/subscriptions/${subscriptionId.toLowerCase()}`)) {
      if (!resource.identity) continue
      const { systemAssigned, userAssigned } = resource.identity
      const kept = userAssigned.filter((id) => !identityKeys.has(id.toLowerCase()))
      if (kept.length === userAssigned.length) continue
      const identity = systemAssigned === undefined && kept.length === 0 ? undefined : { systemAssigned, userAssigned: kept }
      await stores.resources.saveResource({ ...resource, identity })
    }
  }
}
