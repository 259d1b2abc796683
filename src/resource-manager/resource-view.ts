import { isMachineExtension } from '../resources/compute/virtual-machine-extension.ts'
import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import type { Resources } from '../resources/operations.ts'
import type { Resource } from '../resources/resource.ts'

/** A resource as Azure shows it, without its properties: what resource lists hold. */
export async function envelope(resource: Resource, resources: Resources): Promise<Record<string, unknown>> {
  const { name, type } = parseResourceId(resource.id)
  const identity = await resources.describeIdentity(resource)
  const { location, tags, kind, managedBy, sku, plan, zones } = resource
  const all = { id: resource.id, name, type, location, tags, kind, managedBy, sku, plan, zones, identity }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

/** A resource as its own provider shows it; an extension without its instance view, which is told to who asks for it. */
export async function resourceView(resource: Resource, resources: Resources): Promise<Record<string, unknown>> {
  const { instanceView, ...properties } = resource.properties
  const shown = isMachineExtension(parseResourceId(resource.id)) || instanceView === undefined ? properties : resource.properties
  return { ...(await envelope(resource, resources)), properties: shown }
}
