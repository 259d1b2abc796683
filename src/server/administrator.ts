import type { Caller } from '../access-control/authorized.ts'
import { ownerRoleId } from '../access-control/built-in-roles.ts'
import type { Directory } from '../directory/create-directory.ts'
import type { Store } from '../store/open-sqlite-store.ts'

const displayName = 'lanyard-administrator'

/** The administrator of an installation; `secret` only at the start that made it, since only its hash is kept. */
export interface Administrator {
  readonly caller: Caller
  readonly secret: string | undefined
}

/** The application that owns an installation: made at the first start, with the role Owner at `/`. */
export async function openAdministrator(
  directory: Directory,
  store: Store,
  { clock, newGuid, newSecret }: { clock: () => number; newGuid: () => string; newSecret: () => string },
): Promise<Administrator> {
  const existing = await store.stores.directory.findApplicationByName(displayName)
  const secret = existing ? undefined : newSecret()
  const { principal } = await directory.registerApplication({ displayName, ...(secret !== undefined && { secret }) })
  const caller = { objectId: principal.objectId, clientId: principal.clientId }
  const assignments = await store.stores.roleAssignments.listRoleAssignmentsOf(caller.objectId)
  if (!assignments.some((assignment) => assignment.scope === '/' && assignment.roleId === ownerRoleId)) {
    // The first assignment has nobody who could grant it, so it goes to the store directly.
    await store.stores.roleAssignments.insertRoleAssignment({
      name: newGuid(),
      scope: '/',
      roleId: ownerRoleId,
      principalId: caller.objectId,
      principalType: 'ServicePrincipal',
      description: 'The administrator of this installation',
      createdAt: clock(),
      createdBy: caller.objectId,
    })
  }
  return { caller, secret }
}
