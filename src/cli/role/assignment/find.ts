import { listRoleAssignments, resolveRole } from '../../../api-client/index.ts'
import type { RoleAssignment } from '../../../contracts/role.ts'
import type { Session } from '../../session/session.ts'
import { assigneeOf, scopeOf, type TargetOptions } from './target-options.ts'

export interface FindOptions extends TargetOptions {
  readonly all?: boolean
  readonly includeInherited?: boolean
}

/** The assignments that the options describe: at the scope itself, unless `all` or `includeInherited` say otherwise. */
export async function findAssignments(session: Session, options: FindOptions): Promise<RoleAssignment[]> {
  const scope = await scopeOf(session, options)
  const principalId = await assigneeOf(session, options)
  const everywhere = options.all ? (principalId === undefined ? undefined : `principalId eq '${principalId}'`) : 'atScope()'
  const found = await listRoleAssignments(session.arm, scope, everywhere)
  const role =
    options.role === undefined ? undefined : await resolveRole(session.arm, (await session.account()).id, scope, options.role)
  return found.filter(({ properties }) => {
    if (!options.all && !options.includeInherited && !isWithin(properties.scope, scope)) return false
    if (principalId !== undefined && properties.principalId.toLowerCase() !== principalId.toLowerCase()) return false
    return role === undefined || lastSegment(properties.roleDefinitionId) === lastSegment(role)
  })
}

/** A role is known by its GUID; the same role has an id in each subscription. */
export function lastSegment(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1).toLowerCase()
}

function isWithin(inner: string, outer: string): boolean {
  const [a, b] = [inner.toLowerCase(), outer.toLowerCase().replace(/\/+$/, '')]
  return a === b || a.startsWith(`${b}/`)
}
