import type { Visibility } from '../access-control/access-control.ts'
import type { Authorized } from '../access-control/authorized.ts'
import { actionType, parseResourceId } from '../resource-ids/parse-resource-id.ts'
import type { ResourceId } from '../resource-ids/resource-id.ts'
import { applyIdentity } from './apply-identity.ts'
import type { DeployExtension } from './compute/virtual-machine-extension.ts'
import { InvalidResourceInputError } from './errors.ts'
import { planIdentity } from './identity-plan.ts'
import type { ResourceInput, Resources } from './operations.ts'
import { releaseAndDelete } from './release-identities.ts'
import { provenScope, requireVerb } from './required-proof.ts'
import type { Resource } from './resource.ts'
import { requireContainer, requireListed, requireResource } from './required-resource.ts'
import { readResourceGroups } from './resource-groups.ts'
import { resourceKind, withKnownType } from './known-resource-kinds.ts'
import type { Stores, UnitOfWork } from './unit-of-work.ts'
import { mergeFields, replaceFields, type WrittenFields } from './written-resource.ts'

export interface GenericResourceOptions {
  readonly unitOfWork: UnitOfWork
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly newGuid: () => string
  /** Says how the deployment of a machine's extension ends; it succeeds when left out. */
  readonly deployExtension?: DeployExtension | undefined
}

type Operations = Pick<Resources, 'listResources' | 'getResource' | 'putResource' | 'patchResource' | 'deleteResource'>

/** The operations on resources of any type. */
export function createGenericResources(options: GenericResourceOptions): Operations {
  const { unitOfWork, clock, newGuid, deployExtension } = options
  return {
    async listResources(visibility, scope, after) {
      const { resources } = unitOfWork.stores
      const below = await resources.listResourcesBelow(scope.key)
      // Who sees nothing of a scope does not learn from an empty list whether it exists.
      if (below.length === 0 && (visibility.reaches(scope) || visibility.allows(readResourceGroups, scope))) {
        await requireListed(resources, scope)
      }
      return readable(visibility, below, after)
    },

    getResource: async (authorized) => requireResource(unitOfWork.stores.resources, provenScope(authorized)),

    async putResource(authorized, input, visibility) {
      requireVerb(authorized, 'write')
      return unitOfWork.transaction(async (stores) => {
        const container = await requireContainer(stores.resources, authorized.scope)
        const current = await stores.resources.findResource(container.key)
        // What exists keeps the casing that it was created with.
        const id = current ? parseResourceId(current.id) : withKnownType(container)
        const fields = replaceFields(id, current, input)
        const resource = await write(stores, { authorized, id, visibility, input, current, fields, mode: 'replace' })
        return { resource, created: current === undefined }
      })
    },

    async patchResource(authorized, input, visibility) {
      requireVerb(authorized, 'write')
      return unitOfWork.transaction(async (stores) => {
        const current = await requireResource(stores.resources, authorized.scope)
        const id = parseResourceId(current.id)
        const fields = mergeFields(id, current, input)
        return write(stores, { authorized, id, visibility, input, current, fields, mode: 'merge' })
      })
    },

    async deleteResource(authorized) {
      requireVerb(authorized, 'delete')
      const { scope } = authorized
      return unitOfWork.transaction(async (stores) => {
        const resource = await stores.resources.findResource(scope.key)
        if (resource) {
          await releaseAndDelete(stores, scope, [...(await stores.resources.listResourcesBelow(scope.key)), resource])
          return true
        }
        await requireContainer(stores.resources, scope)
        return false
      })
    },
  }

  async function write(stores: Stores, request: WriteRequest): Promise<Resource> {
    const { authorized, id, visibility, current, fields } = request
    const kind = resourceKind(id)
    const now = clock()
    if (!current) kind.checkName?.(id)
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
    const { location } = fields
    const properties = await kind.complete({
      stores,
      id,
      properties: fields.properties,
      current,
      location,
      now,
      newGuid,
      deployExtension,
    })
    const resource: Resource = {
      ...fields,
      ...(kind.isProxy && { location: undefined, tags: undefined }),
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
  /** The id that the resource is kept by. */
  readonly id: ResourceId
  readonly visibility: Visibility
  readonly input: ResourceInput
  readonly current: Resource | undefined
  readonly fields: WrittenFields
  readonly mode: 'replace' | 'merge'
}

function* readable(visibility: Visibility, rows: readonly Resource[], after: string | undefined): Iterable<Resource> {
  // A database may order text otherwise than this program compares it; what is in order already is not moved.
  const keyed = rows.map((resource) => ({ key: resource.id.toLowerCase(), resource }))
  for (const { key, resource } of keyed.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))) {
    if ((after === undefined || key > after) && mayRead(visibility, resource)) yield resource
  }
}

function mayRead(visibility: Visibility, resource: Resource): boolean {
  const id = parseResourceId(resource.id)
  return visibility.allows(`${actionType(id)}/read`, id)
}
