import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import type { ResourceId } from '../resource-ids/resource-id.ts'
import { MissingSubscriptionError, ParentResourceNotFoundError, ResourceNotFoundError } from './errors.ts'
import type { Resource, ResourceStore } from './resource.ts'
import { requireResourceGroup } from './resource-groups.ts'
import { requireSubscription } from './subscriptions.ts'

/** @throws SubscriptionNotFoundError, ResourceGroupNotFoundError, ResourceNotFoundError: the outermost that is missing */
export async function requireResource(resources: ResourceStore, id: ResourceId): Promise<Resource> {
  const resource = await resources.findResource(id.key)
  if (resource) return resource
  await requireEnclosing(resources, id)
  throw new ResourceNotFoundError(id)
}

/**
 * What is to hold a resource exists.
 * @returns the id that the resource is kept by: what exists of it in the casing that it has, and the group's keyword as
 * Azure writes it
 * @throws MissingSubscriptionError, SubscriptionNotFoundError, ResourceGroupNotFoundError, ParentResourceNotFoundError
 */
export async function requireContainer(resources: ResourceStore, id: ResourceId): Promise<ResourceId> {
  const enclosing = await requireEnclosing(resources, id)
  const { parent } = id
  if (parent?.kind !== 'resource') return parseResourceId(enclosing + id.text.slice(parent?.text.length))
  const holder = await resources.findResource(parent.key)
  if (!holder) throw new ParentResourceNotFoundError(id)
  return parseResourceId(holder.id + id.text.slice(parent.text.length))
}

/** What a list is asked for exists. @throws as `requireResource` does */
export async function requireListed(resources: ResourceStore, scope: ResourceId): Promise<void> {
  if (scope.kind === 'resource') await requireResource(resources, scope)
  else if (scope.kind === 'resourceGroup' || scope.kind === 'subscription') await requireEnclosing(resources, scope)
}

/** The id of the subscription or group that `id` is in, as it is kept. */
async function requireEnclosing(resources: ResourceStore, id: ResourceId): Promise<string> {
  if (id.subscriptionId === undefined) throw new MissingSubscriptionError()
  if (id.resourceGroup === undefined) return `/subscriptions/${(await requireSubscription(resources, id)).subscriptionId}`
  const { subscriptionId, name } = await requireResourceGroup(resources, id)
  return `/subscriptions/${subscriptionId}/resourceGroups/${name}`
}
