import { listAssociatedResources } from './associated-resources.ts'
import type { Route } from './route.ts'

export const managedIdentityRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: '*|/providers/Microsoft.ManagedIdentity/identities/default',
    action: 'Microsoft.ManagedIdentity/identities/read',
    handle: async ({ services, authorized, scope }) => {
      const { location, ...properties } = await services.resources.getSystemIdentity(authorized)
      return {
        id: `${scope.text}/providers/Microsoft.ManagedIdentity/Identities/default`,
        name: 'default',
        type: 'Microsoft.ManagedIdentity/Identities',
        ...(location !== undefined && { location }),
        properties,
      }
    },
  },
  {
    method: 'POST',
    pattern:
      '/subscriptions/:subscription/resourceGroups/:group/providers/Microsoft.ManagedIdentity/userAssignedIdentities/:identity|/listAssociatedResources',
    action: 'Microsoft.ManagedIdentity/userAssignedIdentities/listAssociatedResources/action',
    handle: listAssociatedResources,
  },
]
