import { createRoleAssignment, resolveRole } from '../../../api-client/index.ts'
import type { RoleAssignment } from '../../../contracts/role.ts'
import type { Session } from '../../session/session.ts'

export interface Grant {
  readonly principalId: string
  readonly principalType: string | undefined
  /** Name, GUID or id. */
  readonly role: string
  readonly scope: string
  readonly name?: string | undefined
}

/** Gives a principal a role. */
export async function grantRole(session: Session, grant: Grant): Promise<RoleAssignment> {
  const { id } = await session.account()
  const roleDefinitionId = await resolveRole(session.arm, id, grant.scope, grant.role)
  const { principalId, principalType, scope } = grant
  return createRoleAssignment(session.arm, {
    name: grant.name ?? session.io.newGuid(),
    scope,
    roleDefinitionId,
    principalId,
    principalType,
  })
}

/** A role assignment as `az` prints it: `properties` laid open. */
export function describeAssignment({ properties, ...rest }: RoleAssignment): Record<string, unknown> {
  return { ...properties, ...rest }
}
