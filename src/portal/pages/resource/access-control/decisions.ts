import { decide } from '../../../../access-control/decide.ts'
import type { RoleDefinition as Role } from '../../../../access-control/role-definition.ts'
import type { RoleDefinition } from '../../../../contracts/role.ts'
import { actionType } from '../../../../resource-ids/parse-resource-id.ts'
import type { ResourceId } from '../../../../resource-ids/resource-id.ts'
import { roleGuid, type NamedAssignment } from '../../../api/access.ts'
import { machineKindOf, userAssignedIdentityType, virtualMachineType } from '../../../api/machine-kinds.ts'

/** Something that can be done to a resource, and whether a principal may. */
export interface AccessDecision {
  readonly what: string
  readonly action: string
  /** The assignment that allows it; undefined when none does. */
  readonly by: NamedAssignment | undefined
}

/** Whether each of the things that people do to a resource is allowed by the assignments, by the rule that the platform decides by. */
export function decisionsAt(
  id: ResourceId,
  assignments: readonly NamedAssignment[],
  roles: readonly RoleDefinition[],
): readonly AccessDecision[] {
  const known = new Map(roles.map((role) => [roleGuid(role.id), roleOf(role)]))
  return actionsOf(id).map(([what, action]) => {
    const facts = {
      findRole: (roleId: string) => known.get(roleId),
      assignments: assignments.map(({ id: name, scope, roleId, principalId }) => ({
        name,
        scope,
        roleId,
        principalId,
        principalType: 'ServicePrincipal' as const,
        description: undefined,
        createdAt: 0,
        createdBy: '',
      })),
    }
    const decision = decide(facts, action, id)
    return { what, action, by: decision.allowed ? assignments.find((one) => one.id === decision.by.name) : undefined }
  })
}

/** What people do to a resource of a kind, in the order of how much it takes. */
function actionsOf(id: ResourceId): readonly (readonly [what: string, action: string])[] {
  const type = actionType(id)
  const lowered = id.type.toLowerCase()
  return [
    ['See it', `${type}/read`],
    [machineKindOf(id.type) ? 'Change it, and switch its identity on or off' : 'Change it', `${type}/write`],
    ...(lowered === virtualMachineType.toLowerCase() ? ([['Deploy extensions', `${type}/extensions/write`]] as const) : []),
    ...(lowered === userAssignedIdentityType.toLowerCase()
      ? ([['Assign it to a machine', `${type}/assign/action`]] as const)
      : []),
    ['Delete it', `${type}/delete`],
    ['See who has access', 'Microsoft.Authorization/roleAssignments/read'],
    ['Grant access', 'Microsoft.Authorization/roleAssignments/write'],
  ]
}

function roleOf({ id, properties }: RoleDefinition): Role {
  const { roleName, description, permissions = [] } = properties
  return {
    roleId: roleGuid(id),
    roleName,
    type: 'BuiltInRole',
    description: description ?? '',
    assignableScopes: ['/'],
    permissions,
  }
}
