import { createHash } from 'node:crypto'
import type { AccessControl } from '../access-control/access-control.ts'
import type { Caller } from '../access-control/authorized.ts'
import type { Application } from '../directory/application.ts'
import type { ServicePrincipal } from '../directory/service-principal.ts'
import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import type { ResourceId } from '../resource-ids/resource-id.ts'
import type { Resources } from '../resources/operations.ts'
import { WorldFileError } from './world-file-error.ts'
import type { World } from './world-schema.ts'

/** What applying a world needs: the same operations that every client reaches over the wire, used as the administrator. */
export interface WorldTarget {
  readonly administrator: Caller
  readonly accessControl: AccessControl
  readonly resources: Resources
  readonly registerApplication: (application: {
    readonly displayName: string
    readonly clientId?: string | undefined
    readonly secret?: string | undefined
    readonly identifierUris?: readonly string[] | undefined
  }) => Promise<{ readonly application: Application; readonly principal: ServicePrincipal }>
  readonly findPrincipalManagedBy: (resourceKey: string) => Promise<ServicePrincipal | undefined>
}

type Group = World['subscriptions'][number]['resourceGroups'][number]

/**
 * Makes everything of `world` exist. Applying it again changes nothing; what exists beyond it is left alone.
 * @throws WorldFileError when a role assignment names something that is not there
 */
export async function applyWorld(world: World, target: WorldTarget): Promise<void> {
  for (const subscription of world.subscriptions) {
    const scope = `/subscriptions/${subscription.id}`
    const authorized = await authorize(target, 'Microsoft.Resources/subscriptions/write', scope)
    await target.resources.putSubscription(authorized, subscription.name)
    for (const group of subscription.resourceGroups) await applyGroup(group, scope, target)
  }
  const applications = new Map<string, string>()
  for (const application of world.applications) {
    const { principal } = await target.registerApplication({ ...application, displayName: application.name })
    applications.set(application.name, principal.objectId)
  }
  for (const assignment of world.roleAssignments) await applyRoleAssignment(assignment, world, applications, target)
}

async function applyGroup(group: Group, subscriptionScope: string, target: WorldTarget): Promise<void> {
  const scope = `${subscriptionScope}/resourceGroups/${group.name}`
  const authorized = await authorize(target, 'Microsoft.Resources/subscriptions/resourceGroups/write', scope)
  await target.resources.putResourceGroup(authorized, { location: group.location, tags: group.tags })
  for (const identity of group.userAssignedIdentities) {
    await put(target, identityId(scope, identity.name), { location: identity.location ?? group.location, tags: identity.tags })
  }
  for (const machine of group.virtualMachines) {
    const userAssigned = machine.userAssignedIdentities.map((name) => (name.startsWith('/') ? name : identityId(scope, name)))
    const type = [machine.systemAssignedIdentity ? 'SystemAssigned' : '', userAssigned.length > 0 ? 'UserAssigned' : '']
    await put(target, `${scope}/providers/Microsoft.Compute/virtualMachines/${machine.name}`, {
      location: machine.location ?? group.location,
      tags: machine.tags,
      identity: {
        type: type.filter(Boolean).join(', ') || 'None',
        ...(userAssigned.length > 0 && { userAssignedIdentities: Object.fromEntries(userAssigned.map((id) => [id, {}])) }),
      },
      properties: machine.size ? { hardwareProfile: { vmSize: machine.size } } : {},
    })
  }
  for (const resource of group.resources) {
    const [namespace = '', ...types] = resource.type.split('/')
    const names = resource.name.split('/')
    const path = types.map((type, index) => `${type}/${names[index] ?? ''}`).join('/')
    await put(target, `${scope}/providers/${namespace}/${path}`, {
      location: resource.location ?? group.location,
      tags: resource.tags,
      properties: resource.properties,
    })
  }
}

function identityId(groupScope: string, name: string): string {
  return `${groupScope}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`
}

async function put(target: WorldTarget, id: string, input: Parameters<Resources['putResource']>[1]): Promise<void> {
  const resourceId = parseResourceId(id)
  const authorized = await target.accessControl.authorize(target.administrator, `${resourceId.type}/write`, resourceId)
  await target.resources.putResource(authorized, input, await target.accessControl.visibility(target.administrator))
}

async function authorize(target: WorldTarget, action: string, scope: string) {
  return target.accessControl.authorize(target.administrator, action, parseResourceId(scope))
}

async function applyRoleAssignment(
  assignment: World['roleAssignments'][number],
  world: World,
  applications: ReadonlyMap<string, string>,
  target: WorldTarget,
): Promise<void> {
  const role = target.accessControl
    .roleDefinitions()
    .find(({ roleName, roleId }) => [roleName, roleId].some((name) => name.toLowerCase() === assignment.role.toLowerCase()))
  if (!role) throw new WorldFileError(`roleAssignments: there is no role '${assignment.role}'`)
  const principalId = await findPrincipal(assignment.principal, world, applications, target)
  const scope = scopeOf(assignment.scope, world)
  const authorized = await target.accessControl.authorize(
    target.administrator,
    'Microsoft.Authorization/roleAssignments/write',
    scope,
  )
  const existing = await target.accessControl.listAssignments(authorized)
  const same = existing.some(
    (other) => other.principalId === principalId && other.roleId === role.roleId && other.scope.toLowerCase() === scope.key,
  )
  if (same) return
  await target.accessControl.assign(authorized, {
    name: guidFrom(`${scope.key} ${role.roleId} ${principalId}`),
    roleId: role.roleId,
    principalId,
    principalType: 'ServicePrincipal',
    description: undefined,
  })
}

async function findPrincipal(
  principal: World['roleAssignments'][number]['principal'],
  world: World,
  applications: ReadonlyMap<string, string>,
  target: WorldTarget,
): Promise<string> {
  if (principal.application !== undefined) {
    const objectId = applications.get(principal.application)
    if (objectId) return objectId
    throw new WorldFileError(`roleAssignments: there is no application '${principal.application}' in this file`)
  }
  const [kind, name] = principal.virtualMachine
    ? ['Microsoft.Compute/virtualMachines', principal.virtualMachine]
    : ['Microsoft.ManagedIdentity/userAssignedIdentities', principal.userAssignedIdentity ?? '']
  for (const subscription of world.subscriptions) {
    for (const group of subscription.resourceGroups) {
      const id = parseResourceId(`/subscriptions/${subscription.id}/resourceGroups/${group.name}/providers/${kind}/${name}`)
      const found = await target.findPrincipalManagedBy(id.key)
      if (found) return found.objectId
    }
  }
  throw new WorldFileError(`roleAssignments: '${name}' has no identity in this file (${kind})`)
}

function scopeOf(scope: string, world: World): ResourceId {
  return parseResourceId(scope.startsWith('/') ? scope : `/subscriptions/${world.subscriptions[0]?.id ?? ''}/${scope}`)
}

/** The same GUID for the same content, so that applying twice makes one assignment. */
function guidFrom(content: string): string {
  const hex = createHash('sha256').update(content).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
