import type { Visibility } from '../access-control/access-control.ts'
import type { Authorized } from '../access-control/authorized.ts'
import { actionType, parseResourceId } from '../resource-ids/parse-resource-id.ts'
import type { ResourceId } from '../resource-ids/resource-id.ts'
import { applyIdentity } from './apply-identity.ts'
import { InvalidResourceInputError, ParentResourceNotFoundError, ResourceNotFoundError } from './errors.ts'
import { planIdentity } from './identity-plan.ts'
import type { ResourceInput, Resources } from './operations.ts'
import { releaseAndDelete } from './release-identities.ts'
import { provenScope, requireVerb } from './required-proof.ts'
import type { Resource, ResourceStore } from './resource.ts'
import { readResourceGroups, requireResourceGroup } from './resource-groups.ts'
import { resourceKind } from './known-resource-kinds.ts'
import { requireSubscription } from './subscriptions.ts'
import type { Stores, UnitOfWork } from './unit-of-work.ts'
import { mergeFields, replaceFields, type WrittenFields } from './written-resource.ts'

export interface GenericResourceOptions {
  readonly unitOfWork: UnitOfWork
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly newGuid: () => string
}

type Operations = Pick<Resources, 'listResources' | 'getResource' | 'putResource' | 'patchResource' | 'deleteResource'>

/** The operations on resources of any type. */
export function createGenericResources({ unitOfWork, clock, newGuid }: GenericResourceOptions): Operations {
  return {
    async listResources(visibility, scope) {
      const { resources } = unitOfWork.stores
      const below = await resources.listResourcesBelow(scope.key)
      // Who sees nothing of a scope does not learn from an empty list whether it exists.
      if (below.length === 0 && (visibility.reaches(scope) || visibility.allows(readResourceGroups, scope))) {
        await requireScope(resources, scope)
      }
      return below.filter((resource) => mayRead(visibility, resource))
    },

    getResource: async (authorized) => requireResource(unitOfWork.stores.resources, provenScope(authorized)),

    async putResource(authorized, input, visibility) {
      requireVerb(authorized, 'write')
      const id = authorized.scope
      return unitOfWork.transaction(async (stores) => {
        await requireContainer(stores.resources, id)
        const current = await stores.resources.findResource(id.key)
        const fields = replaceFields(id, current, input)
        const resource = await write(stores, { authorized, visibility, input, current, fields, mode: 'replace' })
        return { resource, created: current === undefined }
      })
    },

    async patchResource(authorized, input, visibility) {
      requireVerb(authorized, 'write')
      return unitOfWork.transaction(async (stores) => {
        const current = await requireResource(stores.resources, authorized.scope)
        const fields = mergeFields(authorized.scope, current, input)
        return write(stores, { authorized, visibility, input, current, fields, mode: 'merge' })
      })
    },

    async deleteResource(authorized) {
      requireVerb(authorized, 'delete')
      const { key } = authorized.scope
      return unitOfWork.transaction(async (stores) => {
        const resource = await stores.resources.findResource(key)
        if (!resource) return false
        await releaseAndDelete(stores, [...(await stores.resources.listResourcesBelow(key)), resource])
        return true
      })
    },
  }

  async function write(stores: Stores, request: WriteRequest): Promise<Resource> {
    const { authorized, visibility, current, fields } = request
    // What exists keeps the casing that it was created with.
    const id = current ? parseResourceId(current.id) : authorized.scope
    const kind = resourceKind(id)
    const now = clock()
    const plan = planIdentity(id, current?.identity, request.input.identity, request.mode)
    if (!kind.mayHaveIdentity && (plan.system || plan.userAssigned.length > 0)) {
      throw new InvalidResourceInputError(
        'InvalidRequestContent',
        `A resource of type '${id.type}' cannot have an identity of its own.`,
      )
    }
    const identity = await applyIdentity(stores, {
      authorized,
      host: id,
      visibility,
      current: current?.identity,
      plan,
      now,
      newGuid,
    })
    const properties = await kind.complete({ stores, id, properties: fields.properties, current, now, newGuid })
    const resource: Resource = {
      ...fields,
      id: id.text,
      identity,
      properties,
      createdAt: current?.createdAt ?? now,
      changedAt: now,
    }
    await stores.resources.saveResource(resource)
    return resource
  }
}

interface WriteRequest {
  readonly authorized: Authorized
  readonly visibility: Visibility
  readonly input: ResourceInput
  readonly current: Resource | undefined
  readonly fields: WrittenFields
  readonly mode: 'replace' | 'merge'
}

/** @throws SubscriptionNotFoundError, ResourceGroupNotFoundError, ResourceNotFoundError: the outermost that is missing */
export async function requireResource(resources: ResourceStore, id: ResourceId): Promise<Resource> {
  const resource = await resources.findResource(id.key)
  if (resource) return resource
  if (id.resourceGroup === undefined) await requireSubscription(resources, id)
  else await requireResourceGroup(resources, id)
  throw new ResourceNotFoundError(id)
}

async function requireContainer(resources: ResourceStore, id: ResourceId): Promise<void> {
  if (id.subscriptionId === undefined) {
    throw new InvalidResourceInputError(
      'MissingSubscription',
      'The request did not have a subscription or a valid tenant level resource provider.',
    )
  }
  if (id.resourceGroup === undefined) await requireSubscription(resources, id)
  else await requireResourceGroup(resources, id)
  if (id.parent?.kind === 'resource' && !(await resources.findResource(id.parent.key))) throw new ParentResourceNotFoundError(id)
}

async function requireScope(resources: ResourceStore, scope: ResourceId): Promise<void> {
  if (scope.kind === 'resource') await requireResource(resources, scope)
  else if (scope.kind === 'resourceGroup') await requireResourceGroup(resources, scope)
  else await requireSubscription(resources, scope)
}

function mayRead(visibility: Visibility, resource: Resource): boolean {
  const id = parseResourceId(resource.id)
  return visibility.allows(`${actionType(id)}/read`, id)
}
