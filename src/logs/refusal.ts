/** An identity that a machine had at the moment. */
export interface RefusedIdentity {
  readonly kind: string
  readonly objectId: string
  readonly clientId: string
  readonly resourceId?: string | undefined
}

/** A role assignment that was looked at, and why it did not allow. */
export interface RefusedAssignment {
  readonly id: string
  readonly roleName: string
  readonly scope: string
  readonly outcome: 'elsewhere' | 'lacksAction' | 'excepted' | 'unknownRole'
  readonly reason: string
}

/** What would have allowed it. */
export interface SuggestedGrant {
  readonly roleName: string
  readonly scope: string
  /** For `az`. */
  readonly command: string
  /** The same for the built-in client. */
  readonly lanyard: string
}

/** A request that was refused, with the facts as they were at that moment: they change later. It holds no token and no secret. */
export interface Refusal {
  readonly requestId: string
  readonly correlationId: string
  /** Milliseconds since the epoch. */
  readonly time: number
  readonly endpoint: 'metadata' | 'token-endpoint' | 'resource-manager' | 'graph'
  readonly method: string
  /** Without its query. */
  readonly path: string
  readonly status: number
  readonly code: string
  readonly message: string
  readonly caller?:
    | { readonly objectId?: string | undefined; readonly clientId?: string | undefined; readonly name?: string | undefined }
    | undefined
  readonly machine?: { readonly id: string; readonly identities: readonly RefusedIdentity[] } | undefined
  /** The identity that a token request named, for instance `client_id=…`. */
  readonly selector?: string | undefined
  /** The audience of a token request. */
  readonly resource?: string | undefined
  readonly action?: string | undefined
  /** ARM id of what it was about; `/` for nothing in particular. */
  readonly scope: string
  readonly assignments?: readonly RefusedAssignment[] | undefined
  readonly smallestGrant?: SuggestedGrant | undefined
  readonly cause: string
  readonly remedy: string
  /** Command lines that carry the remedy out; of several, one is enough. */
  readonly commands?: readonly string[] | undefined
}

/** Whether `objectId` is who was refused: the caller itself, or an identity of the machine that asked. */
export function concernsPrincipal({ caller, machine }: Refusal, objectId: string): boolean {
  const own = [caller?.objectId, ...(machine?.identities ?? []).map((identity) => identity.objectId)]
  return own.some((one) => one?.toLowerCase() === objectId.toLowerCase())
}
