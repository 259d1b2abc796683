import { containsScope } from '../resource-ids/containment.ts'
import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import type { ResourceId } from '../resource-ids/resource-id.ts'
import type { AccessControl, NewRoleAssignment, Visibility } from './access-control.ts'
import { AuthorizationFailedError, type Authorized, type Caller } from './authorized.ts'
import { builtInRoles } from './built-in-roles.ts'
import { decide } from './decide.ts'
import { explainDenial } from './explain-denial.ts'
import {
  PrincipalNotFoundError,
  RoleAssignmentExistsError,
  RoleDefinitionNotFoundError,
  UnmatchedPrincipalTypeError,
} from './errors.ts'
import type { RoleAssignment, RoleAssignmentStore } from './role-assignment.ts'

export interface AccessControlOptions {
  /** For reading. */
  readonly assignments: RoleAssignmentStore
  /** Runs work alone on the assignments, and keeps all of what it did or nothing. */
  readonly transaction: <T>(work: (assignments: RoleAssignmentStore) => Promise<T>) => Promise<T>
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  /** Also the name of the management group that holds every subscription, as in Azure. */
  readonly tenantId: string
  /**
   * What the directory has with this object id, as far as who assigns a role can see; undefined when it has nothing.
   * @param declaredType what the request calls it; who says nothing makes the directory look it up
   */
  readonly principalTypeOf: (
    objectId: string,
    declaredType?: RoleAssignment['principalType'],
  ) => Promise<'ServicePrincipal' | 'User' | undefined>
  /** What a caller is decided by; what it holds now when left out. */
  readonly assignmentsOf?: (caller: Caller) => Promise<readonly RoleAssignment[]>
}

/**
 * Every proof that was issued. The brand of `Authorized` keeps honest code honest; an object that was cast, copied or changed
 * is not in here, and is refused when it is used.
 */
const issued = new WeakSet<Authorized>()

/**
 * Refuses a proof that no decision stands behind. A caller of the domain that holds one has a defect, so this is no error
 * for the client.
 * @throws TypeError
 */
export function requireProof(authorized: Authorized): void {
  if (!issued.has(authorized)) throw new TypeError('this authorisation was not issued by access control')
}

const rolesById = new Map(builtInRoles.map((role) => [role.roleId, role]))
const findRole = (roleId: string) => rolesById.get(roleId.toLowerCase())

/** Access control over the assignments of a store. The only maker of `Authorized`. */
export function createAccessControl(options: AccessControlOptions): AccessControl {
  const { assignments, clock, tenantId, principalTypeOf } = options
  const assignmentsOf = options.assignmentsOf ?? ((caller) => assignments.listRoleAssignmentsOf(caller.objectId))
  const factsOf = (held: readonly RoleAssignment[]) => ({ assignments: held, findRole, rootManagementGroup: tenantId })
  const contains = (scope: ResourceId, id: ResourceId) => containsScope(scope, id, tenantId)
  const isRelated = (one: ResourceId, other: ResourceId) => contains(one, other) || contains(other, one)
  return {
    async authorize(caller, action, scope) {
      const decision = decide(factsOf(await assignmentsOf(caller)), action, scope)
      if (!decision.allowed) throw new AuthorizationFailedError(caller, action, scope)
      const authorized = Object.freeze({ caller: Object.freeze({ ...caller }), action, scope }) as Authorized
      issued.add(authorized)
      return authorized
    },

    async visibility(caller: Caller): Promise<Visibility> {
      const own = await assignmentsOf(caller)
      const scopes = own.map((assignment) => parseResourceId(assignment.scope))
      return {
        caller,
        allows: (action, scope) => decide(factsOf(own), action, scope).allowed,
        reaches: (scope) => scopes.some((held) => isRelated(held, scope)),
      }
    },

    explain: async (caller, action, scope, mayBeNew) =>
      explainDenial({ ...factsOf(await assignmentsOf(caller)), roles: builtInRoles }, action, scope, mayBeNew),

    contains,
    roleDefinitions: () => builtInRoles,
    findRoleDefinition: findRole,

    async findAssignment(authorized, name) {
      requireProof(authorized)
      return assignments.findRoleAssignment(authorized.scope.key, name)
    },

    async listAssignments(authorized) {
      requireProof(authorized)
      const all = await assignments.listRoleAssignments()
      return all.filter((assignment) => isRelated(parseResourceId(assignment.scope), authorized.scope))
    },

    async assign(authorized, wanted) {
      requireAction(authorized, 'Microsoft.Authorization/roleAssignments/write')
      if (!findRole(wanted.roleId)) throw new RoleDefinitionNotFoundError(wanted.roleId)
      const principalType = await requirePrincipal(wanted)
      return options.transaction((locked) => insert(locked, authorized, { ...wanted, principalType }))
    },

    async unassign(authorized, name) {
      requireAction(authorized, 'Microsoft.Authorization/roleAssignments/delete')
      const { key } = authorized.scope
      return options.transaction(async (locked) => {
        const assignment = await locked.findRoleAssignment(key, name)
        if (assignment) await locked.deleteRoleAssignment(key, name)
        return assignment
      })
    },
  }

  /** The directory holds no groups, so of one nothing can be checked but that it is something else. */
  async function requirePrincipal({ principalId, principalType }: NewRoleAssignment): Promise<RoleAssignment['principalType']> {
    const found = await principalTypeOf(principalId.toLowerCase(), principalType)
    if (found === undefined && principalType === 'Group') return principalType
    if (found === undefined) throw new PrincipalNotFoundError(principalId, tenantId)
    if (principalType !== undefined && principalType !== found) {
      throw new UnmatchedPrincipalTypeError(principalId, found, principalType)
    }
    return found
  }

  async function insert(
    locked: RoleAssignmentStore,
    { scope, caller }: Authorized,
    wanted: NewRoleAssignment & Pick<RoleAssignment, 'principalType'>,
  ) {
    const named = await locked.findRoleAssignment(scope.key, wanted.name)
    if (named) {
      if (isSame(named, wanted, scope)) return { assignment: named, created: false }
      throw new RoleAssignmentExistsError(named.name)
    }
    const held = await locked.listRoleAssignmentsOf(wanted.principalId)
    const same = held.find((assignment) => isSame(assignment, wanted, scope))
    if (same) throw new RoleAssignmentExistsError(same.name)
    const assignment: RoleAssignment = {
      name: wanted.name,
      scope: scope.text,
      roleId: wanted.roleId.toLowerCase(),
      principalId: wanted.principalId.toLowerCase(),
      principalType: wanted.principalType,
      description: wanted.description,
      createdAt: clock(),
      createdBy: caller.objectId,
    }
    await locked.insertRoleAssignment(assignment)
    return { assignment, created: true }
  }
}

function requireAction(authorized: Authorized, action: string): void {
  requireProof(authorized)
  if (authorized.action.toLowerCase() !== action.toLowerCase()) {
    throw new TypeError(`'${authorized.action}' at ${authorized.scope.text} was authorised, and this needs ${action}`)
  }
}

function isSame(assignment: RoleAssignment, wanted: NewRoleAssignment, scope: ResourceId): boolean {
  return (
    parseResourceId(assignment.scope).key === scope.key &&
    assignment.roleId === wanted.roleId.toLowerCase() &&
    assignment.principalId === wanted.principalId.toLowerCase()
  )
}
