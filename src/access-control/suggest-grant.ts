import type { ResourceId } from '../resource-ids/resource-id.ts'
import { permits } from './decide.ts'
import type { RoleDefinition } from './role-definition.ts'

/** A role at a scope. */
export interface Grant {
  readonly role: RoleDefinition
  readonly scope: ResourceId
}

/**
 * The smallest grant that allows `action` at `scope`: the narrowest role that has it, at the narrowest scope where it can be given.
 *
 * Of the roles that have the action the narrowest is, in this order: for a reading action, one that reads and does nothing else
 * (so Reader comes before a role that also writes); one that cannot give roles itself; the one whose actions reach least.
 * @param roles those that could be given
 * @param mayBeNew whether the request would make what is at the scope
 * @returns undefined when no role has the action
 */
export function suggestGrant(
  roles: readonly RoleDefinition[],
  action: string,
  scope: ResourceId,
  mayBeNew: boolean,
): Grant | undefined {
  const isReading = /\/read$/i.test(action)
  const rank = (role: RoleDefinition): readonly number[] => [
    isReading && !readsOnly(role) ? 1 : 0,
    has(role, 'Microsoft.Authorization/roleAssignments/write') ? 1 : 0,
    reach(role),
  ]
  const [role] = roles
    .filter((candidate) => has(candidate, action))
    .toSorted((one, other) => compare(rank(one), rank(other)) || (one.roleName < other.roleName ? -1 : 1))
  return role && { role, scope: grantScope(scope, mayBeNew) }
}

/**
 * Where to give a role for something at `scope`: at the thing itself; at what encloses it when it may not be there yet; and for
 * what is nested in a resource at that resource, of which it is a part.
 */
function grantScope(scope: ResourceId, mayBeNew: boolean): ResourceId {
  const { parent } = scope
  if (parent === undefined) return scope
  if (parent.kind === 'resource') return grantScope(parent, false)
  return mayBeNew && parent.kind !== 'tenant' ? parent : scope
}

function has({ permissions }: RoleDefinition, action: string): boolean {
  return permissions.some((permission) => permits(permission, action))
}

function readsOnly({ permissions }: RoleDefinition): boolean {
  return permissions.every(
    ({ actions, dataActions }) => dataActions.length === 0 && actions.every((pattern) => /\/read$/i.test(pattern)),
  )
}

/** How far the actions of a role reach: a named action is the least, then all of a kind, all reading, and everything. */
function reach({ permissions }: RoleDefinition): number {
  const patterns = permissions.flatMap(({ actions, dataActions }) => [...actions, ...dataActions])
  const reachOf = (pattern: string): number => {
    if (!pattern.includes('*')) return 1
    if (!pattern.startsWith('*')) return 10
    return pattern === '*' ? 1_000_000 : 1_000
  }
  return patterns.reduce((sum, pattern) => sum + reachOf(pattern), 0)
}

function compare(one: readonly number[], other: readonly number[]): number {
  for (const [index, value] of one.entries()) {
    const difference = value - (other[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
