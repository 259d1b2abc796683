import { managedIdentityRoutes } from './managed-identities.ts'
import { resourceGroupRoutes } from './resource-groups.ts'
import { resourceListRoutes } from './resource-list.ts'
import { resourceRoutes } from './resources.ts'
import { roleAssignmentRoutes } from './role-assignments.ts'
import { roleDefinitionRoutes } from './role-definitions.ts'
import type { Route } from './route.ts'
import { subscriptionRoutes } from './subscriptions.ts'

/** Operations at a scope of any depth: their path is matched from its end. */
export const extensionRoutes: readonly Route[] = [...roleAssignmentRoutes, ...roleDefinitionRoutes, ...managedIdentityRoutes]

/** Operations at a fixed depth, and last the resources of any type. */
export const fixedRoutes: readonly Route[] = [
  ...subscriptionRoutes,
  ...resourceGroupRoutes,
  ...resourceListRoutes,
  ...resourceRoutes,
]

/** Every operation of the control plane. */
export const resourceManagerRoutes: readonly Route[] = [...extensionRoutes, ...fixedRoutes]

/**
 * The extension operation that a request names, if any. A router cannot match a scope of unknown depth before a fixed end.
 * @param path without its query
 */
export function findExtensionRoute(method: string, path: string): Route | undefined {
  return extensionRoutes.find((route) => route.method === method && expressionOf(route).test(path))
}

const expressions = new Map<Route, RegExp>()

function expressionOf(route: Route): RegExp {
  let expression = expressions.get(route)
  if (!expression) {
    const end = route.path
      .replace(/^\/\*/, '')
      .split('/')
      .map((segment) => (segment.startsWith(':') ? '[^/]+' : RegExp.escape(segment)))
    expression = new RegExp(`${end.join('/')}$`, 'i')
    expressions.set(route, expression)
  }
  return expression
}
