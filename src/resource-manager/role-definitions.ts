import type { RoleDefinition } from '../access-control/role-definition.ts'
import type { ResourceId } from '../resource-ids/resource-id.ts'
import { ArmError } from './arm-error.ts'
import { parseFilter } from './filter.ts'
import { page } from './page.ts'
import { queryValue } from './query.ts'
import type { Call, Route } from './route.ts'

const suffix = /\/providers\/Microsoft\.Authorization\/(roleDefinitions|permissions).*$/i
export const beforeAuthorization = (path: string) => path.replace(suffix, '') || '/'

/** Asked at or below a subscription, the id of a role names that subscription (wire.md, rule 13). */
export function roleDefinitionId(roleId: string, scope: ResourceId): string {
  const subscription = scope.subscriptionId === undefined ? '' : `/subscriptions/${scope.subscriptionId}`
  return `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${roleId}`
}

const view = (role: RoleDefinition, scope: ResourceId) => ({
  id: roleDefinitionId(role.roleId, scope),
  type: 'Microsoft.Authorization/roleDefinitions',
  name: role.roleId,
  properties: {
    roleName: role.roleName,
    type: role.type,
    description: role.description,
    assignableScopes: role.assignableScopes,
    permissions: role.permissions,
  },
})

const read = ({ services, caller, scope }: Call) =>
  services.accessControl.authorize(caller, 'Microsoft.Authorization/roleDefinitions/read', scope)

async function list(call: Call): Promise<object> {
  await read(call)
  const filter = (queryValue(call.request.query, '$filter') ?? '').replace(/atScopeAndBelow\(\)( and )?/i, '')
  const matches = parseFilter(filter)
  const roles = call.services.accessControl.roleDefinitions()
  const found = roles.filter((role) => matches({ fields: { rolename: role.roleName, type: role.type }, tags: {} }))
  return page(
    call.request,
    found.map((role) => view(role, call.scope)),
  )
}

async function get(call: Call): Promise<object> {
  await read(call)
  const roleId = (call.request.url.split('?')[0] ?? '').split('/').at(-1) ?? ''
  const role = call.services.accessControl.findRoleDefinition(roleId)
  if (!role)
    throw new ArmError(404, 'RoleDefinitionDoesNotExist', `The specified role definition with ID '${roleId}' does not exist.`)
  return view(role, call.scope)
}

async function permissions({ services, caller, scope, request }: Call): Promise<object> {
  const authorized = await services.accessControl.authorize(caller, 'Microsoft.Authorization/permissions/read', scope)
  const assignments = await services.accessControl.listAssignments(authorized)
  const above = assignments.filter(
    (assignment) => assignment.principalId === caller.objectId && scope.key.startsWith(assignment.scope.toLowerCase()),
  )
  const held = above.flatMap((assignment) => services.accessControl.findRoleDefinition(assignment.roleId)?.permissions ?? [])
  return page(request, held)
}

const routesAt = (prefix: string): readonly Route[] => [
  {
    method: 'GET',
    path: `${prefix}/providers/Microsoft.Authorization/roleDefinitions`,
    withoutRole: 'refused',
    scopeOf: beforeAuthorization,
    handle: list,
  },
  {
    method: 'GET',
    path: `${prefix}/providers/Microsoft.Authorization/roleDefinitions/:name`,
    withoutRole: 'refused',
    scopeOf: beforeAuthorization,
    handle: get,
  },
  {
    method: 'GET',
    path: `${prefix}/providers/Microsoft.Authorization/permissions`,
    withoutRole: 'refused',
    scopeOf: beforeAuthorization,
    handle: permissions,
  },
]

export const roleDefinitionRoutes = routesAt('')
