import type { ResourceId } from './resource-id.ts'

/** Whether two ids name the same thing: casing does not matter. */
export function isSameResource(a: ResourceId, b: ResourceId): boolean {
  return a.key === b.key
}

/** Whether `id` is the management group of that name, in any casing. */
export function isManagementGroup(id: ResourceId, name: string): boolean {
  return id.kind === 'managementGroup' && id.name.toLowerCase() === name.toLowerCase()
}

/**
 * Whether `id` is `scope` or lies below it, on segment boundaries: `/…/rg1` does not hold `/…/rg10`. The tenant holds all.
 * Which subscriptions a management group holds is not in an id, so a management group holds only what is written below it.
 * @param rootManagementGroup name of the tenant's root group, which is the tenant's id; it holds everything but the tenant
 */
export function containsScope(scope: ResourceId, id: ResourceId, rootManagementGroup?: string): boolean {
  if (rootManagementGroup !== undefined && isManagementGroup(scope, rootManagementGroup)) return id.kind !== 'tenant'
  return scope.kind === 'tenant' || id.key === scope.key || id.key.startsWith(`${scope.key}/`)
}
