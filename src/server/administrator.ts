import type { Caller } from '../access-control/authorized.ts'
import { ownerRoleId } from '../access-control/built-in-roles.ts'
import type { RoleAssignment } from '../access-control/role-assignment.ts'
import type { Directory } from '../directory/create-directory.ts'
import type { Users } from '../directory/create-users.ts'
import { administratorName } from '../directory/user.ts'
import type { Store } from '../store/open-sqlite-store.ts'

const displayName = 'lanyard-administrator'

/** The administrator of an installation; `secret` only at the start that made it, since only its hash is kept. */
export interface Administrator {
  readonly caller: Caller
  readonly secret: string | undefined
}

export interface AdministratorOptions {
  readonly directory: Directory
  readonly users: Users
  readonly store: Store
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly newGuid: () => string
  readonly newSecret: () => string
}

/**
 * Who owns an installation, with the role Owner at `/`: an application, made at the first start, and a user, whose password is the
 * sign-in code.
 */
export async function openAdministrator(options: AdministratorOptions): Promise<Administrator> {
  const { directory, users, store, newSecret } = options
  const existing = await store.stores.directory.findApplicationByName(displayName)
  const secret = existing ? undefined : newSecret()
  const { principal } = await directory.registerApplication({ displayName, ...(secret !== undefined && { secret }) })
  const caller = { objectId: principal.objectId, clientId: principal.clientId }
  const user = await users.registerUser({ userPrincipalName: administratorName, displayName: 'Administrator' })
  await makeOwner(caller.objectId, 'ServicePrincipal', options)
  await makeOwner(user.objectId, 'User', options)
  return { caller, secret }
}

/** The first assignment has nobody who could grant it, so it goes to the store directly. */
async function makeOwner(
  principalId: string,
  principalType: RoleAssignment['principalType'],
  { store, clock, newGuid }: AdministratorOptions,
): Promise<void> {
  const { roleAssignments } = store.stores
  const held = await roleAssignments.listRoleAssignmentsOf(principalId)
  if (held.some(({ scope, roleId }) => scope === '/' && roleId === ownerRoleId)) return
  await roleAssignments.insertRoleAssignment({
    name: newGuid(),
    scope: '/',
    roleId: ownerRoleId,
    principalId,
    principalType,
    description: 'The administrator of this installation',
    createdAt: clock(),
    createdBy: principalId,
  })
}
