import { containsScope } from '../resource-ids/containment.ts'
import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import type { ResourceId } from '../resource-ids/resource-id.ts'
import { matches, permits, type AccessFacts } from './decide.ts'
import type { RoleAssignment } from './role-assignment.ts'
import { suggestGrant, type Grant } from './suggest-grant.ts'

/** An assignment of the caller, and why it does not allow. */
export interface ConsideredAssignment {
  readonly assignment: RoleAssignment
  readonly roleName: string
  /** `elsewhere`: at another scope; `lacksAction`: the role has not the action; `excepted`: notActions take it away. */
  readonly outcome: 'elsewhere' | 'lacksAction' | 'excepted' | 'unknownRole'
  /** A sentence. */
  readonly reason: string
}

/** Why a caller may not do something, and what would let it. */
export interface DenialExplanation {
  /** Those that come nearest first: at the scope before those elsewhere. */
  readonly considered: readonly ConsideredAssignment[]
  /** Undefined when no role that there is has the action. */
  readonly grant: Grant | undefined
}

/**
 * Why `decide` denies `action` at `scope`: what it made of each assignment.
 * @param roles those that could be given
 * @param mayBeNew whether the request would make what is at the scope, so that a role could not be given there yet
 */
export function explainDenial(
  facts: AccessFacts & { readonly roles: Parameters<typeof suggestGrant>[0] },
  action: string,
  scope: ResourceId,
  mayBeNew: boolean,
): DenialExplanation {
  const considered = facts.assignments.map((assignment) => consider(assignment, facts, action, scope))
  const isNear = ({ outcome }: ConsideredAssignment) => (outcome === 'elsewhere' ? 1 : 0)
  return {
    considered: considered.toSorted((one, other) => isNear(one) - isNear(other)),
    grant: suggestGrant(facts.roles, action, scope, mayBeNew),
  }
}

function consider(
  assignment: RoleAssignment,
  { findRole, rootManagementGroup }: AccessFacts,
  action: string,
  scope: ResourceId,
): ConsideredAssignment {
  const role = findRole(assignment.roleId)
  const roleName = role?.roleName ?? assignment.roleId
  if (!containsScope(parseResourceId(assignment.scope), scope, rootManagementGroup)) {
    return {
      assignment,
      roleName,
      outcome: 'elsewhere',
      reason: `It is at ${assignment.scope}, which does not hold ${scope.text}.`,
    }
  }
  if (!role) return { assignment, roleName, outcome: 'unknownRole', reason: 'There is no role with this id.' }
  const excepting = role.permissions
    .filter((permission) => !permits(permission, action) && permission.actions.some((pattern) => matches(pattern, action)))
    .flatMap(({ notActions }) => notActions.find((pattern) => matches(pattern, action)) ?? [])
  const [exception] = excepting
  return exception === undefined
    ? { assignment, roleName, outcome: 'lacksAction', reason: `${roleName} does not have ${action}.` }
    : { assignment, roleName, outcome: 'excepted', reason: `${roleName} excepts ${action} by its notActions: ${exception}.` }
}
