import type { RoleDefinition } from '../access-control/role-definition.ts'
import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import type { ResourceId } from '../resource-ids/resource-id.ts'
import { ArmError } from './arm-error.ts'
import { parseFilter } from './filter.ts'
import { inOrder, page } from './page.ts'
import { queryValue } from './query.ts'
import type { AuthorizedCall, Route } from './route.ts'

const grammar = { fields: ['rolename', 'type'], functions: ['atscope', 'atscopeandbelow'] }

/** Asked at or below a subscription, the id of a role names that subscription (wire.md, rule 13). */
export function roleDefinitionId(roleId: string, scope: ResourceId): string {
  const subscription = scope.subscriptionId === undefined ? '' : `/subscriptions/${scope.subscriptionId}`
  return `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${roleId}`
}

/** Built-in roles are older than any installation: a fixed time stands for that. */
const madeOn = '2015-02-02T21:55:09.8806423Z'

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
    createdOn: madeOn,
    updatedOn: madeOn,
    createdBy: null,
    updatedBy: null,
  },
})

async function list({ request, services, scope }: AuthorizedCall): Promise<object> {
  const { matches } = parseFilter(queryValue(request.query, '$filter'), grammar)
  const keyOf = (role: RoleDefinition) => role.roleId
  return page(request, {
    rows: inOrder(services.accessControl.roleDefinitions(), keyOf),
    keyOf,
    matches: (role) => matches({ fields: { rolename: role.roleName, type: role.type } }),
    view: (role) => view(role, scope),
  })
}

async function get({ services, scope, names: { name = '' } }: AuthorizedCall): Promise<object> {
  const role = services.accessControl.findRoleDefinition(name)
  if (!role)
    throw new ArmError(404, 'RoleDefinitionDoesNotExist', `The specified role definition with ID '${name}' does not exist.`)
  return view(role, scope)
}

/** What the caller's own roles at the scope and above it allow, one item for each block of a role. */
async function permissions({ request, services, caller, scope, authorized }: AuthorizedCall): Promise<object> {
  const { accessControl } = services
  const own = (await accessControl.listAssignments(authorized)).filter(
    ({ principalId, scope: held }) => principalId === caller.objectId && accessControl.contains(parseResourceId(held), scope),
  )
  const held = own.flatMap(({ name, roleId }) =>
    (accessControl.findRoleDefinition(roleId)?.permissions ?? []).map((permission, index) => ({
      key: `${name}/${index}`,
      permission,
    })),
  )
  return page(request, { rows: inOrder(held, ({ key }) => key), keyOf: ({ key }) => key, view: ({ permission }) => permission })
}

const authorization = '*|/providers/Microsoft.Authorization'

export const roleDefinitionRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: `${authorization}/roleDefinitions`,
    action: 'Microsoft.Authorization/roleDefinitions/read',
    handle: list,
  },
  {
    method: 'GET',
    pattern: `${authorization}/roleDefinitions/:name`,
    action: 'Microsoft.Authorization/roleDefinitions/read',
    handle: get,
  },
  {
    method: 'GET',
    pattern: `${authorization}/permissions`,
    action: 'Microsoft.Authorization/permissions/read',
    handle: permissions,
  },
]
