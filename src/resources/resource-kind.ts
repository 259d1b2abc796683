import type { ResourceId } from '../resource-ids/resource-id.ts'
import type { DeployExtension } from './compute/virtual-machine-extension.ts'
import type { JsonObject, Resource } from './resource.ts'
import type { Stores } from './unit-of-work.ts'

/** What a resource kind needs to fill in the properties of a resource that is being written. */
export interface Completion {
  /** Those of the running transaction. */
  readonly stores: Stores
  readonly id: ResourceId
  /** As the client wants them, a patch merged in already. */
  readonly properties: JsonObject
  readonly current: Resource | undefined
  /** Where it is, or will be. */
  readonly location: string | undefined
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly newGuid: () => string
  /** Says how the deployment of a machine's extension ends; it succeeds when left out. */
  readonly deployExtension?: DeployExtension | undefined
}

/** What a resource provider adds for a type that it knows. */
export interface ResourceKind {
  /** In Azure's own casing. */
  readonly type: string
  readonly needsLocation: boolean
  readonly mayHaveIdentity: boolean
  /** A proxy resource: one that has no location and no tags, and is in no list but that of its own type. */
  readonly isProxy?: boolean
  /** Refuses a name for a new resource. @throws InvalidResourceInputError */
  checkName?(id: ResourceId): void
  complete(completion: Completion): Promise<JsonObject>
}
