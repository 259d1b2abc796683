import {
  createRoleAssignment,
  deleteRoleAssignment,
  listRoleAssignments,
  listRoleDefinitions,
} from '../../api-client/role-assignments.ts'
import type { RoleDefinition } from '../../contracts/role.ts'
import type { Platform } from './platform.ts'
import { findPrincipals, type Principal } from './principals.ts'
import { encodePath } from './resources.ts'

/** A role assignment with the name of its role. */
export interface NamedAssignment {
  readonly id: string
  readonly roleId: string
  readonly roleName: string
  readonly principalId: string
  readonly principalType: string
  readonly scope: string
}

/** The same with who holds it; undefined for an object id that is nobody's any more. */
export interface HeldAssignment extends NamedAssignment {
  readonly principal: Principal | undefined
}

/** The roles that can be assigned at a scope, by name. */
export async function listRoles({ arm }: Platform, scope: string): Promise<RoleDefinition[]> {
  const roles = await listRoleDefinitions(arm, pathOf(scope))
  return roles.toSorted((a, b) => a.properties.roleName.localeCompare(b.properties.roleName, 'en'))
}

/** The assignments that count at a scope: at it and above it, each with who holds it. */
export async function listAssignmentsAt(platform: Platform, scope: string): Promise<HeldAssignment[]> {
  const assignments = await named(platform, scope, 'atScope()')
  const principals = await findPrincipals(
    platform,
    assignments.map(({ principalId }) => principalId),
  )
  return assignments.map((assignment) => ({ ...assignment, principal: principals.get(assignment.principalId) }))
}

/** What one principal holds at a scope and above it. */
export async function listHeldAt(platform: Platform, scope: string, principalId: string): Promise<NamedAssignment[]> {
  return named(platform, scope, `atScope() and assignedTo('${principalId}')`)
}

/** What one principal holds at a scope, above it and below it. */
export async function listHeldRoles(platform: Platform, scope: string, principalId: string): Promise<NamedAssignment[]> {
  return named(platform, scope, `principalId eq '${principalId}'`)
}

async function named(platform: Platform, scope: string, filter: string): Promise<NamedAssignment[]> {
  const [assignments, roles] = await Promise.all([
    listRoleAssignments(platform.arm, pathOf(scope), filter),
    listRoleDefinitions(platform.arm, pathOf(scope)),
  ])
  const names = new Map(roles.map(({ name, properties }) => [name.toLowerCase(), properties.roleName]))
  return assignments.map(({ id, properties }) => {
    const roleId = roleGuid(properties.roleDefinitionId)
    return {
      id,
      roleId,
      roleName: names.get(roleId) ?? roleId,
      principalId: properties.principalId,
      principalType: properties.principalType ?? '',
      scope: properties.scope,
    }
  })
}

/** Grants a role. @param roleDefinitionId ARM id of the role */
export async function grant(
  { arm }: Platform,
  scope: string,
  roleDefinitionId: string,
  principal: Pick<Principal, 'objectId' | 'kind'>,
): Promise<void> {
  await createRoleAssignment(arm, {
    name: crypto.randomUUID(),
    scope: pathOf(scope),
    roleDefinitionId,
    principalId: principal.objectId,
    principalType: principal.kind === 'User' ? 'User' : 'ServicePrincipal',
  })
}

/** Takes a role assignment away, by ARM id. */
export async function revoke({ arm }: Platform, id: string): Promise<void> {
  await deleteRoleAssignment(arm, encodePath(id))
}

/** The GUID at the end of a role's ARM id, in lower case. */
export function roleGuid(roleDefinitionId: string): string {
  return roleDefinitionId.split('/').at(-1)?.toLowerCase() ?? ''
}

/** The tenant's own scope is the beginning of every path. */
function pathOf(scope: string): string {
  return scope === '/' ? '' : encodePath(scope)
}
