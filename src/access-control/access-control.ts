import type { ResourceId } from '../resource-ids/resource-id.ts'
import type { Authorized, Caller } from './authorized.ts'
import type { DenialExplanation } from './explain-denial.ts'
import type { RoleAssignment } from './role-assignment.ts'
import type { RoleDefinition } from './role-definition.ts'

/** What a caller may see: lists are filtered by it instead of being refused. */
export interface Visibility {
  readonly caller: Caller
  /** Whether the caller may perform `action` at `scope`. Does not throw. */
  allows(action: string, scope: ResourceId): boolean
  /** Whether the caller holds any role at or below `scope`, so that the scope itself is worth showing. */
  reaches(scope: ResourceId): boolean
}

export interface NewRoleAssignment {
  readonly name: string
  readonly roleId: string
  readonly principalId: string
  readonly principalType: RoleAssignment['principalType'] | undefined
  readonly description: string | undefined
}

/** Decides, and keeps the assignments that it decides by. */
export interface AccessControl {
  /** @throws AuthorizationFailedError */
  authorize(caller: Caller, action: string, scope: ResourceId): Promise<Authorized>
  visibility(caller: Caller): Promise<Visibility>
  /**
   * Why the caller may not do it, from the facts that `authorize` decides by.
   * @param mayBeNew whether the request would make what is at the scope
   */
  explain(caller: Caller, action: string, scope: ResourceId, mayBeNew: boolean): Promise<DenialExplanation>
  /** Whether `id` is `scope` or lies below it; the tenant's root management group holds every subscription. */
  contains(scope: ResourceId, id: ResourceId): boolean
  roleDefinitions(): readonly RoleDefinition[]
  /** By GUID, any casing. */
  findRoleDefinition(roleId: string): RoleDefinition | undefined
  /** The assignment of that name at the authorised scope. */
  findAssignment(authorized: Authorized, name: string): Promise<RoleAssignment | undefined>
  /** Assignments at the authorised scope, above it and below it. */
  listAssignments(authorized: Authorized): Promise<readonly RoleAssignment[]>
  /**
   * Creates an assignment at the authorised scope; the same again answers with the one there is.
   * @throws RoleAssignmentExistsError, PrincipalNotFoundError, UnmatchedPrincipalTypeError, RoleDefinitionNotFoundError
   */
  assign(authorized: Authorized, assignment: NewRoleAssignment): Promise<{ assignment: RoleAssignment; created: boolean }>
  /** Removes it and answers with what was there. */
  unassign(authorized: Authorized, name: string): Promise<RoleAssignment | undefined>
}
