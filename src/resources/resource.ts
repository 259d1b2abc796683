/** A JSON object as a client sent it. */
export type JsonObject = { readonly [name: string]: unknown }

export interface Subscription {
  readonly subscriptionId: string
  readonly displayName: string
}

export interface ResourceGroup {
  readonly subscriptionId: string
  readonly name: string
  readonly location: string
  readonly tags: Readonly<Record<string, string>> | undefined
}

/** The identity block of a resource, as kept. Principal facts of user-assigned identities are looked up when it is shown. */
export interface ResourceIdentity {
  /** Object id of the system-assigned principal; undefined when the system identity is off. */
  readonly systemAssigned: string | undefined
  /** ARM ids, as written, of the user-assigned identities. */
  readonly userAssigned: readonly string[]
}

/** Any resource below a resource group. Virtual machines and user-assigned identities are resources too. */
export interface Resource {
  /** ARM id as written at creation. */
  readonly id: string
  readonly location: string | undefined
  readonly tags: Readonly<Record<string, string>> | undefined
  readonly kind: string | undefined
  readonly managedBy: string | undefined
  readonly sku: JsonObject | undefined
  readonly plan: JsonObject | undefined
  readonly zones: readonly string[] | undefined
  readonly identity: ResourceIdentity | undefined
  readonly properties: JsonObject
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly changedAt: number
}

/** What resources need from storage. Keys are ARM ids in lower case. */
export interface ResourceStore {
  listSubscriptions(): Promise<readonly Subscription[]>
  findSubscription(subscriptionId: string): Promise<Subscription | undefined>
  saveSubscription(subscription: Subscription): Promise<void>
  listResourceGroups(subscriptionId: string): Promise<readonly ResourceGroup[]>
  findResourceGroup(subscriptionId: string, name: string): Promise<ResourceGroup | undefined>
  saveResourceGroup(group: ResourceGroup): Promise<void>
  deleteResourceGroup(subscriptionId: string, name: string): Promise<void>
  findResource(key: string): Promise<Resource | undefined>
  /** Resources whose id key starts with `prefix` followed by a slash, ordered by key. */
  listResourcesBelow(prefix: string): Promise<readonly Resource[]>
  /** Every resource of a type (any casing) in every subscription, ordered by key. */
  listResourcesOfType(type: string): Promise<readonly Resource[]>
  /** Inserts, or replaces the resource with the same key. */
  saveResource(resource: Resource): Promise<void>
  deleteResource(key: string): Promise<void>
}
