import { containsScope } from '../resource-ids/containment.ts'
import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import type { ResourceId } from '../resource-ids/resource-id.ts'
import type { AccessControl, NewRoleAssignment, Visibility } from './access-control.ts'
import { AuthorizationFailedError, type Authorized, type Caller } from './authorized.ts'
import { builtInRoles } from './built-in-roles.ts'
import { decide } from './decide.ts'
import { PrincipalNotFoundError, RoleAssignmentExistsError, RoleDefinitionNotFoundError } from './errors.ts'
import type { RoleAssignment, RoleAssignmentStore } from './role-assignment.ts'

export interface AccessControlOptions {
  readonly assignments: RoleAssignmentStore
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly tenantId: string
  /** Whether the directory has a principal with this object id. */
  readonly principalExists: (objectId: string) => Promise<boolean>
}

const rolesById = new Map(builtInRoles.map((role) => [role.roleId, role]))
const findRole = (roleId: string) => rolesById.get(roleId.toLowerCase())

/** Access control over the assignments of a store. The only maker of `Authorized`. */
export function createAccessControl({ assignments, clock, tenantId, principalExists }: AccessControlOptions): AccessControl {
  return {
    async authorize(caller, action, scope) {
      const decision = decide({ assignments: await assignments.listRoleAssignmentsOf(caller.objectId), findRole }, action, scope)
      if (!decision.allowed) throw new AuthorizationFailedError(caller, action, scope)
      return { caller, action, scope } as Authorized
    },

    async visibility(caller: Caller): Promise<Visibility> {
      const own = await assignments.listRoleAssignmentsOf(caller.objectId)
      const scopes = own.map((assignment) => parseResourceId(assignment.scope))
      return {
        caller,
        allows: (action, scope) => decide({ assignments: own, findRole }, action, scope).allowed,
        reaches: (scope) => scopes.some((held) => containsScope(held, scope) || containsScope(scope, held)),
      }
    },

    roleDefinitions: () => builtInRoles,
    findRoleDefinition: findRole,
    findAssignment: ({ scope }, name) => assignments.findRoleAssignment(scope.key, name),

    async listAssignments({ scope }) {
      const all = await assignments.listRoleAssignments()
      return all.filter((assignment) => isRelated(parseResourceId(assignment.scope), scope))
    },

    async assign(authorized, wanted) {
      if (!findRole(wanted.roleId)) throw new RoleDefinitionNotFoundError(wanted.roleId)
      if (!(await principalExists(wanted.principalId))) throw new PrincipalNotFoundError(wanted.principalId, tenantId)
      const scope = authorized.scope
      const named = await assignments.findRoleAssignment(scope.key, wanted.name)
      if (named) {
        if (isSame(named, wanted, scope)) return { assignment: named, created: false }
        throw new RoleAssignmentExistsError(named.name)
      }
      const held = await assignments.listRoleAssignmentsOf(wanted.principalId)
      const same = held.find((assignment) => isSame(assignment, wanted, scope))
      if (same) throw new RoleAssignmentExistsError(same.name)
      const assignment: RoleAssignment = {
        name: wanted.name,
        scope: scope.text,
        roleId: wanted.roleId.toLowerCase(),
        principalId: wanted.principalId.toLowerCase(),
        principalType: wanted.principalType ?? 'ServicePrincipal',
        description: wanted.description,
        createdAt: clock(),
        createdBy: authorized.caller.objectId,
      }
      await assignments.insertRoleAssignment(assignment)
      return { assignment, created: true }
    },

    async unassign({ scope }, name) {
      const assignment = await assignments.findRoleAssignment(scope.key, name)
      if (assignment) await assignments.deleteRoleAssignment(scope.key, name)
      return assignment
    },
  }
}

function isRelated(assigned: ResourceId, scope: ResourceId): boolean {
  return containsScope(assigned, scope) || containsScope(scope, assigned)
}

function isSame(assignment: RoleAssignment, wanted: NewRoleAssignment, scope: ResourceId): boolean {
  return (
    parseResourceId(assignment.scope).key === scope.key &&
    assignment.roleId === wanted.roleId.toLowerCase() &&
    assignment.principalId === wanted.principalId.toLowerCase()
  )
}
