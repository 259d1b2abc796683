/** A role given to a principal at a scope. */
export interface RoleAssignment {
  /** GUID: the `name` of the assignment. */
  readonly name: string
  /** Scope id as written; `/` for the tenant. */
  readonly scope: string
  /** `RoleDefinition.roleId` */
  readonly roleId: string
  readonly principalId: string
  readonly principalType: 'ServicePrincipal' | 'User' | 'Group'
  readonly description: string | undefined
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  /** Object id of who made it. */
  readonly createdBy: string
}

/** What access control needs from storage. Scopes are compared by key (lower case). */
export interface RoleAssignmentStore {
  findRoleAssignment(scopeKey: string, name: string): Promise<RoleAssignment | undefined>
  /** Every assignment of one principal, at any scope. */
  listRoleAssignmentsOf(principalId: string): Promise<readonly RoleAssignment[]>
  /** Every assignment, ordered by creation, then name. */
  listRoleAssignments(): Promise<readonly RoleAssignment[]>
  /** Fails when the scope has an assignment with that name. */
  insertRoleAssignment(assignment: RoleAssignment): Promise<void>
  deleteRoleAssignment(scopeKey: string, name: string): Promise<void>
}
