import type { Visibility } from '../access-control/access-control.ts'
import { LinkedAuthorizationFailedError, type Authorized } from '../access-control/authorized.ts'
import { createManagedPrincipal } from '../directory/managed-principals.ts'
import type { ResourceId } from '../resource-ids/resource-id.ts'
import { identityFailure, type IdentityPlan } from './identity-plan.ts'
import { isUserAssignedIdentity } from './managed-identity/user-assigned-identity.ts'
import type { ResourceIdentity } from './resource.ts'
import type { Stores } from './unit-of-work.ts'

const assignIdentity = 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action'

export interface IdentityChange {
  readonly authorized: Authorized
  /** The resource being written, in the casing that it is kept in. */
  readonly host: ResourceId
  readonly visibility: Visibility
  readonly current: ResourceIdentity | undefined
  readonly plan: IdentityPlan
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly newGuid: () => string
}

/**
 * Carries a plan out in the transaction of `stores`: checks what is attached, creates or deletes the system principal.
 * A system identity that is on already keeps its principal.
 * @returns the identity to keep with the resource; undefined when it has none
 * @throws LinkedAuthorizationFailedError, InvalidResourceInputError
 */
export async function applyIdentity(stores: Stores, change: IdentityChange): Promise<ResourceIdentity | undefined> {
  const { host, current, plan } = change
  for (const id of plan.attached) await requireAttachable(stores, change, id)
  let systemAssigned = current?.systemAssigned
  if (plan.system && (systemAssigned === undefined || !(await stores.directory.findServicePrincipal(systemAssigned)))) {
    const principal = await createManagedPrincipal(stores.directory, {
      kind: 'systemAssigned',
      managedBy: host.text,
      displayName: host.name,
      now: change.now,
      newGuid: change.newGuid,
    })
    systemAssigned = principal.objectId
  }
  if (!plan.system && systemAssigned !== undefined) {
    await stores.directory.deleteServicePrincipal(systemAssigned)
    systemAssigned = undefined
  }
  if (systemAssigned === undefined && plan.userAssigned.length === 0) return undefined
  return { systemAssigned, userAssigned: plan.userAssigned }
}

async function requireAttachable(
  stores: Stores,
  { authorized, host, visibility }: IdentityChange,
  id: ResourceId,
): Promise<void> {
  if (!isUserAssignedIdentity(id)) {
    throw identityFailure(
      host,
      `Resource '${id.text}' is not a user-assigned identity. Name one as /subscriptions/{subscriptionId}/resourceGroups/{resourceGroup}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{name}.`,
    )
  }
  // Before existence, so that who may not assign an identity does not learn whether there is one.
  if (!visibility.allows(assignIdentity, id)) {
    throw new LinkedAuthorizationFailedError(authorized.caller, authorized.action, host, assignIdentity, id)
  }
  if (!(await stores.resources.findResource(id.key))) {
    throw identityFailure(
      host,
      `Resource '${id.text}' was not found. Create it first: az identity create --name ${id.name} --resource-group ${id.resourceGroup ?? ''}`,
    )
  }
}
