import { groupOf } from '../../api-client/index.ts'
import type { Resource } from '../../contracts/resource.ts'

/** A resource as `az` prints it: with its resource group. */
export function withGroup(resource: Resource): Record<string, unknown> {
  return { ...resource, resourceGroup: groupOf(resource.id) }
}

/** The same with `properties` laid open, as `az` prints machines, identities and role assignments. */
export function flattened(resource: Resource): Record<string, unknown> {
  const { properties, ...rest } = withGroup(resource)
  return { ...(properties as object | undefined), ...rest }
}
