import type { RoleDefinition } from './role-definition.ts'

/** What most resource-specific roles hold besides their own actions. */
export const commonActions: readonly string[] = [
  'Microsoft.Authorization/*/read',
  'Microsoft.Insights/alertRules/*',
  'Microsoft.Resources/deployments/*',
  'Microsoft.Resources/subscriptions/resourceGroups/read',
  'Microsoft.Support/*',
]

/** A built-in role with one block of permissions. */
export function builtIn(
  roleId: string,
  roleName: string,
  description: string,
  actions: readonly string[],
  notActions: readonly string[] = [],
  dataActions: readonly string[] = [],
): RoleDefinition {
  return {
    roleId,
    roleName,
    type: 'BuiltInRole',
    description,
    assignableScopes: ['/'],
    permissions: [{ actions, notActions, dataActions, notDataActions: [] }],
  }
}
