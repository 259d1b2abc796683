import type { ResourceId } from '../resource-ids/resource-id.ts'
import { InvalidResourceInputError } from './errors.ts'
import { isJsonObject, mergePatch } from './json-merge-patch.ts'
import { normaliseLocation, requireLocation } from './location.ts'
import type { ResourceInput } from './operations.ts'
import type { Resource } from './resource.ts'
import { resourceKind } from './known-resource-kinds.ts'

/** What a body sets of a resource: all but its identity, its id and its times. */
export type WrittenFields = Omit<Resource, 'id' | 'identity' | 'createdAt' | 'changedAt'>

/**
 * The fields after a PUT: those of the body and no others.
 * @throws InvalidResourceInputError
 */
export function replaceFields(id: ResourceId, current: Resource | undefined, input: ResourceInput): WrittenFields {
  const location =
    resourceKind(id).needsLocation || input.location !== undefined ? requireLocation(input.location) : current?.location
  refuseMove(id, current, location)
  return {
    location,
    tags: input.tags ?? undefined,
    kind: input.kind,
    managedBy: input.managedBy,
    sku: input.sku,
    plan: input.plan,
    zones: input.zones,
    properties: input.properties ?? {},
  }
}

/**
 * The fields after a PATCH: `tags` and `properties` merged, the others replaced where the body has them.
 * @throws InvalidResourceInputError
 */
export function mergeFields(id: ResourceId, current: Resource, input: ResourceInput): WrittenFields {
  if (input.location !== undefined) refuseMove(id, current, normaliseLocation(input.location))
  return {
    location: current.location,
    tags: mergeTags(current.tags, input.tags),
    kind: input.kind ?? current.kind,
    managedBy: input.managedBy ?? current.managedBy,
    sku: input.sku ?? current.sku,
    plan: input.plan ?? current.plan,
    zones: input.zones ?? current.zones,
    properties: isJsonObject(input.properties) ? mergePatch(current.properties, input.properties) : current.properties,
  }
}

function mergeTags(current: Resource['tags'], patch: ResourceInput['tags']): Resource['tags'] {
  if (patch === undefined) return current
  if (patch === null) return undefined
  return mergePatch(current, patch) as Resource['tags']
}

function refuseMove(id: ResourceId, current: Resource | undefined, location: string | undefined): void {
  if (current?.location === undefined || current.location === location) return
  throw new InvalidResourceInputError(
    'InvalidResourceLocation',
    `The resource '${id.name}' already exists in location '${current.location}' in resource group '${id.resourceGroup ?? ''}'. A resource with the same name cannot be created in location '${location ?? ''}'. Please select a new resource name.`,
  )
}
