import type { ResourceId } from '../resource-ids/resource-id.ts'

/** Who is calling: the principal of a verified token. */
export interface Caller {
  readonly objectId: string
  readonly clientId: string
  /** Of the user in whose name the client calls; undefined for a client that calls as itself. */
  readonly userPrincipalName?: string | undefined
  /** Id of the token that was shown; undefined for who needs none. */
  readonly tokenId?: string | undefined
}

declare const decided: unique symbol

/**
 * The proof that `caller` may perform `action` at `scope`. Only `AccessControl.authorize` makes one, and the operations of
 * `resources` and `access-control` demand one, so a resource cannot be reached without naming the action. The brand is
 * checked by the compiler, and `requireProof` checks at run time that this very object was issued.
 */
export interface Authorized {
  readonly [decided]: true
  readonly caller: Caller
  /** For instance `Microsoft.Compute/virtualMachines/read`. */
  readonly action: string
  readonly scope: ResourceId
}

/** The caller lacks the action at the scope: ARM's 403 AuthorizationFailed. */
export class AuthorizationFailedError extends Error {
  override name = 'AuthorizationFailedError'
  readonly caller: Caller
  readonly action: string
  readonly scope: ResourceId
  constructor(caller: Caller, action: string, scope: ResourceId) {
    super(`${caller.objectId} may not ${action} at ${scope.text}`)
    this.caller = caller
    this.action = action
    this.scope = scope
  }
}

/** ARM's 403 LinkedAuthorizationFailed: the caller may do `held` at `scope`, but lacks `missing` on a resource that the request links to. */
export class LinkedAuthorizationFailedError extends Error {
  override name = 'LinkedAuthorizationFailedError'
  readonly caller: Caller
  readonly held: string
  readonly scope: ResourceId
  readonly missing: string
  readonly linkedScope: ResourceId
  constructor(caller: Caller, held: string, scope: ResourceId, missing: string, linkedScope: ResourceId) {
    super(`${caller.objectId} may not ${missing} at ${linkedScope.text}, which ${held} at ${scope.text} needs`)
    this.caller = caller
    this.held = held
    this.scope = scope
    this.missing = missing
    this.linkedScope = linkedScope
  }
}
