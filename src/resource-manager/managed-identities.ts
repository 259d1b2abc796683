import type { Route } from './route.ts'

const suffix = /\/providers\/Microsoft\.ManagedIdentity\/identities\/default$/i

export const managedIdentityRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/*/providers/Microsoft.ManagedIdentity/identities/default',
    withoutRole: 'refused',
    scopeOf: (path) => path.replace(suffix, ''),
    handle: async ({ services, caller, scope }) => {
      const authorized = await services.accessControl.authorize(caller, 'Microsoft.ManagedIdentity/identities/read', scope)
      const properties = await services.resources.getSystemIdentity(authorized)
      return {
        id: `${scope.text}/providers/Microsoft.ManagedIdentity/Identities/default`,
        name: 'default',
        type: 'Microsoft.ManagedIdentity/Identities',
        properties,
      }
    },
  },
]
