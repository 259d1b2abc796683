import { containsScope } from '../resource-ids/containment.ts'
import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import type { ResourceId } from '../resource-ids/resource-id.ts'
import { isUserAssignedIdentity } from './managed-identity/user-assigned-identity.ts'
import type { Resource } from './resource.ts'
import type { Stores } from './unit-of-work.ts'

/**
 * Deletes resources together with the principals they manage: those of system identities and those of user-assigned
 * identities among them. Role assignments that those principals hold elsewhere stay, with the dead id, as in Azure; those
 * at what is deleted go, since a later resource of the same name must not inherit who may use it.
 * @param scope the group or resource that is deleted, which holds all of `doomed`
 */
export async function releaseAndDelete(stores: Stores, scope: ResourceId, doomed: readonly Resource[]): Promise<void> {
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
  for (const assignment of await stores.roleAssignments.listRoleAssignments()) {
    const assigned = parseResourceId(assignment.scope)
    if (containsScope(scope, assigned)) await stores.roleAssignments.deleteRoleAssignment(assigned.key, assignment.name)
  }
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
