import type { Kysely, Selectable } from 'kysely'
import type { RoleAssignment, RoleAssignmentStore } from '../access-control/role-assignment.ts'
import type { Schema } from './schema.ts'

/** The role assignments over a connection or a transaction. */
export function roleAssignmentStore(db: Kysely<Schema>): RoleAssignmentStore {
  const assignments = () => db.selectFrom('role_assignments').selectAll().orderBy('created_at').orderBy('name_key')
  return {
    async findRoleAssignment(scopeKey, name) {
      const row = await assignments()
        .where('scope_key', '=', scopeKey.toLowerCase())
        .where('name_key', '=', name.toLowerCase())
        .executeTakeFirst()
      return row && toAssignment(row)
    },
    listRoleAssignmentsOf: async (principalId) =>
      (await assignments().where('principal_key', '=', principalId.toLowerCase()).execute()).map(toAssignment),
    listRoleAssignments: async () => (await assignments().execute()).map(toAssignment),
    async insertRoleAssignment(assignment) {
      await db
        .insertInto('role_assignments')
        .values({
          scope_key: assignment.scope.toLowerCase(),
          name_key: assignment.name.toLowerCase(),
          name: assignment.name,
          scope: assignment.scope,
          role_id: assignment.roleId,
          principal_id: assignment.principalId,
          principal_key: assignment.principalId.toLowerCase(),
          principal_type: assignment.principalType,
          description: assignment.description ?? null,
          created_at: assignment.createdAt,
          created_by: assignment.createdBy,
        })
        .execute()
    },
    async deleteRoleAssignment(scopeKey, name) {
      await db
        .deleteFrom('role_assignments')
        .where('scope_key', '=', scopeKey.toLowerCase())
        .where('name_key', '=', name.toLowerCase())
        .execute()
    },
  }
}

function toAssignment(row: Selectable<Schema['role_assignments']>): RoleAssignment {
  return {
    name: row.name,
    scope: row.scope,
    roleId: row.role_id,
    principalId: row.principal_id,
    principalType: row.principal_type as RoleAssignment['principalType'],
    description: row.description ?? undefined,
    createdAt: row.created_at,
    createdBy: row.created_by,
  }
}
