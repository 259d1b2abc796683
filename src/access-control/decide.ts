import { containsScope } from '../resource-ids/containment.ts'
import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import type { ResourceId } from '../resource-ids/resource-id.ts'
import type { RoleAssignment } from './role-assignment.ts'
import type { Permission, RoleDefinition } from './role-definition.ts'

/** What a decision is made from: the caller's assignments, and the roles that they name. */
export interface AccessFacts {
  readonly assignments: readonly RoleAssignment[]
  readonly findRole: (roleId: string) => RoleDefinition | undefined
  /** Name of the management group that holds every subscription; none does when left out. */
  readonly rootManagementGroup?: string
}

/** A decision with its reason: the assignment that allows, or none. */
export type Decision = { readonly allowed: true; readonly by: RoleAssignment } | { readonly allowed: false }

/**
 * Whether the assignments allow `action` at `scope`: one at the scope or above it must name a role with a matching action
 * and, in the same block of that role, no matching notAction. Matching ignores case; `*` spans any characters, `/` included.
 * @param plane `data` looks at dataActions in place of actions
 */
export function decide(facts: AccessFacts, action: string, scope: ResourceId, plane: 'control' | 'data' = 'control'): Decision {
  for (const assignment of facts.assignments) {
    if (!containsScope(parseResourceId(assignment.scope), scope, facts.rootManagementGroup)) continue
    const role = facts.findRole(assignment.roleId)
    if (role?.permissions.some((permission) => permits(permission, action, plane))) return { allowed: true, by: assignment }
  }
  return { allowed: false }
}

/** Whether one block of a role has the action, and no exception takes it away. */
export function permits(permission: Permission, action: string, plane: 'control' | 'data' = 'control'): boolean {
  const [allowed, excepted] =
    plane === 'control' ? [permission.actions, permission.notActions] : [permission.dataActions, permission.notDataActions]
  return allowed.some((pattern) => matches(pattern, action)) && !excepted.some((pattern) => matches(pattern, action))
}

const expressions = new Map<string, RegExp>()

/** Whether a pattern of actions names the action; see `decide`. */
export function matches(pattern: string, action: string): boolean {
  let expression = expressions.get(pattern)
  if (!expression) {
    // Azure's own roles grant `userAssignedIdentities/*/assign/action` for the action `userAssignedIdentities/assign/action`:
    // a star that is a whole segment may stand for none.
    const parts = pattern
      .split(/(\/\*\/|\*)/)
      .map((part) => (part === '/*/' ? '/(?:.*/)?' : part === '*' ? '.*' : RegExp.escape(part)))
    expression = new RegExp(`^${parts.join('')}$`, 'i')
    expressions.set(pattern, expression)
  }
  return expression.test(action)
}
