import { createHash } from 'node:crypto'
import type { RoleDefinition } from '../access-control/role-definition.ts'
import type { ResourceId } from '../resource-ids/resource-id.ts'
import { closestName } from './closest-name.ts'
import { assignmentScope, namedResource } from './principal-resource.ts'
import { WorldFileError } from './world-file-error.ts'
import type { World, WorldPrincipal } from './world-schema.ts'
import type { WorldTarget } from './world-target.ts'

type Assignment = World['roleAssignments'][number]

/** Object ids of the principals that a world file has under a name of its own. */
export interface NamedPrincipals {
  readonly applications: ReadonlyMap<string, string>
  /** By user principal name in lower case. */
  readonly users: ReadonlyMap<string, string>
}

/**
 * The role of that name or GUID.
 * @throws WorldFileError when there is none
 */
export function findRole(wanted: string, { accessControl }: WorldTarget): RoleDefinition {
  const roles = accessControl.roleDefinitions()
  const names = (role: RoleDefinition) => [role.roleName.toLowerCase(), role.roleId.toLowerCase()]
  const role = roles.find((one) => names(one).includes(wanted.toLowerCase()))
  if (role) return role
  const close = closestName(
    wanted,
    roles.map(({ roleName }) => roleName),
  )
  const hint = close === undefined ? `there are ${roles.map(({ roleName }) => roleName).join(', ')}` : `did you mean '${close}'?`
  throw new WorldFileError(`there is no role '${wanted}'; ${hint}`)
}

/** Keys (ids in lower case) of the machines that hold a role in the world. */
export function machinesWithRoles(world: World): ReadonlySet<string> {
  return new Set(
    world.roleAssignments.flatMap(({ principal }) =>
      principal.virtualMachine === undefined && principal.machine === undefined
        ? []
        : (namedResource(principal, world)?.ids ?? []).map(({ key }) => key),
    ),
  )
}

/**
 * Gives the role, unless the principal holds it at that very scope already, by an assignment of any name.
 * @param named object ids of those that the file calls by name
 * @throws WorldFileError when the principal or the scope is not there
 */
export async function applyRoleAssignment(
  assignment: Assignment,
  world: World,
  named: NamedPrincipals,
  target: WorldTarget,
): Promise<void> {
  const { roleId } = findRole(assignment.role, target)
  const principalId = await findPrincipal(assignment.principal, world, named, target)
  const scope = assignmentScope(assignment.scope, world)
  await requireScope(scope, target)
  const held = await target.stores.roleAssignments.listRoleAssignmentsOf(principalId)
  if (held.some((other) => other.roleId === roleId && other.scope.toLowerCase() === scope.key)) return
  const { administrator, accessControl } = target
  const authorized = await accessControl.authorize(administrator, 'Microsoft.Authorization/roleAssignments/write', scope)
  await accessControl.assign(authorized, {
    name: guidFrom(`${scope.key} ${roleId} ${principalId}`),
    roleId,
    principalId,
    principalType: assignment.principal.user === undefined ? 'ServicePrincipal' : 'User',
    description: undefined,
  })
}

async function findPrincipal(
  principal: WorldPrincipal,
  world: World,
  named: NamedPrincipals,
  { stores }: WorldTarget,
): Promise<string> {
  const resource = namedResource(principal, world)
  const id = resource?.ids[0]
  const managed = id && (await stores.directory.findServicePrincipalManagedBy(id.key))
  const objectId =
    managed?.objectId ??
    named.applications.get(principal.application ?? '') ??
    named.users.get(principal.user?.toLowerCase() ?? '')
  if (objectId !== undefined) return objectId
  const written = resource?.written ?? principal.application ?? principal.user ?? ''
  throw new WorldFileError(`'${written}' has no identity to give a role to`)
}

/** Azure gives roles at what exists. Which management groups there are is not kept. */
async function requireScope(scope: ResourceId, { stores: { resources } }: WorldTarget): Promise<void> {
  const exists = {
    tenant: async () => true,
    managementGroup: async () => true,
    subscription: async () => resources.findSubscription(scope.subscriptionId ?? ''),
    resourceGroup: async () => resources.findResourceGroup(scope.subscriptionId ?? '', scope.resourceGroup ?? ''),
    resource: async () => resources.findResource(scope.key),
  }
  if (!(await exists[scope.kind]())) throw new WorldFileError(`there is nothing at the scope '${scope.text}'`)
}

/** The same GUID for the same content: an assignment of the file has the same name wherever it is applied to the same ids. */
function guidFrom(content: string): string {
  const hex = createHash('sha256').update(content).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
