import { activityLogRoutes } from './activity-log.ts'
import { diagnosticsRoutes } from './diagnostics.ts'
import { extensionImageRoutes } from './extension-images.ts'
import { machineExtensionRoutes } from './machine-extensions.ts'
import { managedIdentityRoutes } from './managed-identities.ts'
import { resourceGroupRoutes } from './resource-groups.ts'
import { resourceListRoutes } from './resource-list.ts'
import { resourceRoutes } from './resources.ts'
import { roleAssignmentRoutes } from './role-assignments.ts'
import { roleDefinitionRoutes } from './role-definitions.ts'
import type { Route } from './route.ts'
import { compilePattern, type PatternMatch } from './route-pattern.ts'
import { subscriptionRoutes } from './subscriptions.ts'
import { tokenRequestRoutes } from './token-requests.ts'

/** Every operation of the control plane. The first that matches answers: those with names of their own before those of any type. */
export const resourceManagerRoutes: readonly Route[] = [
  ...roleAssignmentRoutes,
  ...roleDefinitionRoutes,
  ...managedIdentityRoutes,
  ...activityLogRoutes,
  ...diagnosticsRoutes,
  ...tokenRequestRoutes,
  ...extensionImageRoutes,
  ...machineExtensionRoutes,
  ...subscriptionRoutes,
  ...resourceGroupRoutes,
  ...resourceListRoutes,
  ...resourceRoutes,
]

const compiled = resourceManagerRoutes.map((route) => ({ route, match: compilePattern(route.pattern) }))

/** The operation that a request names. Where there is none, the methods that its path has. */
export type Found = { readonly route: Route; readonly match: PatternMatch } | { readonly methods: readonly string[] }

/** @param path decoded, without its query */
export function findRoute(method: string, path: string): Found {
  const methods = new Set<string>()
  for (const { route, match } of compiled) {
    const found = match(path)
    if (!found) continue
    if (route.method === method) return { route, match: found }
    methods.add(route.method)
  }
  return { methods: [...methods] }
}
