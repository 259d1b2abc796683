import type { Visibility } from '../access-control/access-control.ts'
import type { Authorized } from '../access-control/authorized.ts'
import type { ResourceId } from '../resource-ids/resource-id.ts'
import type { JsonObject, Resource, ResourceGroup, Subscription } from './resource.ts'

/** The identity block of a request (wire.md F.5). `userAssignedIdentities` values: `{}` attaches, `null` detaches. */
export interface IdentityInput {
  /** As sent, for instance `SystemAssigned,UserAssigned`. */
  readonly type: string
  readonly userAssignedIdentities?: Readonly<Record<string, object | null>> | null | undefined
}

/** A resource body as a client sends it; read-only fields that it repeats (`id`, `name`, `type`) are ignored. */
export interface ResourceInput {
  readonly location?: string | undefined
  readonly tags?: Readonly<Record<string, string>> | null | undefined
  readonly kind?: string | undefined
  readonly managedBy?: string | undefined
  readonly sku?: JsonObject | undefined
  readonly plan?: JsonObject | undefined
  readonly zones?: readonly string[] | undefined
  readonly identity?: IdentityInput | null | undefined
  readonly properties?: JsonObject | undefined
}

/** The identity block as Azure answers it: type with `, `, ids of the system principal, facts of each user-assigned identity. */
export interface IdentityView {
  readonly type: 'SystemAssigned' | 'UserAssigned' | 'SystemAssigned, UserAssigned'
  readonly principalId?: string
  readonly tenantId?: string
  readonly userAssignedIdentities?: Readonly<Record<string, { readonly principalId: string; readonly clientId: string }>>
}

/** What `…/providers/Microsoft.ManagedIdentity/identities/default` of a host resource tells. */
export interface SystemIdentity {
  readonly tenantId: string
  readonly principalId: string
  readonly clientId: string
  /** Of the host resource. */
  readonly location: string | undefined
}

/**
 * The operations on what Resource Manager holds. Each demands the proof that its caller may do it; a list takes what the
 * caller may see and leaves the rest out. Errors are those of `errors.ts`.
 */
export interface Resources {
  listSubscriptions(visibility: Visibility): Promise<readonly Subscription[]>
  getSubscription(authorized: Authorized): Promise<Subscription>
  putSubscription(authorized: Authorized, displayName: string): Promise<Subscription>

  listResourceGroups(visibility: Visibility, subscription: ResourceId): Promise<readonly ResourceGroup[]>
  getResourceGroup(authorized: Authorized): Promise<ResourceGroup>
  putResourceGroup(
    authorized: Authorized,
    input: { readonly location: string; readonly tags: Readonly<Record<string, string>> | undefined },
  ): Promise<{ group: ResourceGroup; created: boolean }>
  /** Replaces the tags; `null` removes them, undefined leaves them. @throws ResourceGroupNotFoundError */
  patchResourceGroup(authorized: Authorized, tags: ResourceGroup['tags'] | null): Promise<ResourceGroup>
  /**
   * Deletes the group with all that is in it, principals of system identities and role assignments at it included, and
   * answers with what it was.
   * @throws SubscriptionNotFoundError, ResourceGroupNotFoundError
   */
  deleteResourceGroup(authorized: Authorized): Promise<ResourceGroup>

  /**
   * Resources below a subscription, a group or a resource, those that the caller may read, in the order of their ids in
   * lower case. Each is decided about when it is asked for, so that a page costs no more than what is on it.
   * @param after only those whose id in lower case comes after this text
   */
  listResources(visibility: Visibility, scope: ResourceId, after?: string): Promise<Iterable<Resource>>
  /**
   * That the authorised scope exists: its subscription, its group, and the outermost resource in it. What is nested in that
   * one need not be known here, since a vault's secret and an account's container can be scopes as well.
   * @throws SubscriptionNotFoundError, ResourceGroupNotFoundError, ResourceNotFoundError, ManagementGroupNotFoundError
   */
  requireScope(authorized: Authorized): Promise<void>
  getResource(authorized: Authorized): Promise<Resource>
  /**
   * Creates or replaces. Switching the system identity on creates its principal in the same transaction. Attaching a
   * user-assigned identity needs `Microsoft.ManagedIdentity/userAssignedIdentities/assign/action` on it.
   */
  putResource(
    authorized: Authorized,
    input: ResourceInput,
    visibility: Visibility,
  ): Promise<{ resource: Resource; created: boolean }>
  /** Merges (JSON merge patch on `tags` and `properties`, wire.md F.5 on `identity`). */
  patchResource(authorized: Authorized, input: ResourceInput, visibility: Visibility): Promise<Resource>
  /**
   * False when there was none. The system identity's principal goes with it, and so do role assignments at the resource;
   * those that the principal held elsewhere stay, with the dead id.
   * @throws SubscriptionNotFoundError, ResourceGroupNotFoundError
   */
  deleteResource(authorized: Authorized): Promise<boolean>

  /** The identity block to show for a resource; undefined when it has none. */
  describeIdentity(resource: Resource): Promise<IdentityView | undefined>
  /** Authorised at the host resource; ResourceNotFoundError when it has no system identity. */
  getSystemIdentity(authorized: Authorized): Promise<SystemIdentity>
}
