/** The levels at which Azure Resource Manager places things, outermost first. */
export type ResourceIdKind = 'tenant' | 'managementGroup' | 'subscription' | 'resourceGroup' | 'resource'

/**
 * A parsed ARM id. Equal ids have equal `key`s; `text` keeps the casing that the id was written in,
 * since Azure answers with the casing that it was given.
 */
export interface ResourceId {
  readonly kind: ResourceIdKind
  /** The id as written: one leading slash, no trailing slash, no repeated slashes. `/` for the tenant. */
  readonly text: string
  /** `text` in lower case. Compare, store and index by this. */
  readonly key: string
  readonly managementGroup: string | undefined
  readonly subscriptionId: string | undefined
  readonly resourceGroup: string | undefined
  /** Full type, for instance `Microsoft.Compute/virtualMachines/extensions`; `Microsoft.Resources/subscriptions` and the like for the levels above. */
  readonly type: string
  /** Last name segment; empty for the tenant. */
  readonly name: string
  /** What directly encloses this id: the parent resource, the extended scope, the group, … `undefined` for the tenant. */
  readonly parent: ResourceId | undefined
}

/** Thrown for text that is not an ARM id. `reason` is a sentence for the person who wrote it. */
export class InvalidResourceIdError extends Error {
  override name = 'InvalidResourceIdError'
  readonly text: string
  readonly reason: string
  constructor(text: string, reason: string) {
    super(`'${text}' is not a resource id: ${reason}`)
    this.text = text
    this.reason = reason
  }
}
