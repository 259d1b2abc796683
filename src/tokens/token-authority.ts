import type { ServicePrincipal } from '../directory/service-principal.ts'
import type { User } from '../directory/user.ts'

/** What a token is asked for. */
export interface TokenRequest {
  readonly principal: ServicePrincipal
  /** The audience, byte for byte as the client asked for it. */
  readonly resource: string
  /** ARM id of the resource that asked, for `xms_az_rid`, when it is not the identity's own. */
  readonly requestedBy?: string | undefined
  /** How an application proved itself, for `appidacr`: a managed identity always does by a certificate. A secret when left out. */
  readonly provedBy?: 'secret' | 'assertion' | undefined
  /** Token version: 1 for managed identities and the v1 endpoint. */
  readonly version?: 1 | 2
  /** Seconds; the authority's own lifetime, which is also the longest, when left out. */
  readonly lifetimeSeconds?: number | undefined
}

/** What a token is asked for by an application in a user's name. */
export interface UserTokenRequest {
  readonly user: User
  /** The application that asks. */
  readonly clientId: string
  /** The audience, byte for byte as the client asked for it. */
  readonly resource: string
  /** Of the sign-in that it goes back to, for `sid`: a GUID. */
  readonly sessionId: string
  /** Seconds; the authority's own lifetime, which is also the longest, when left out. */
  readonly lifetimeSeconds?: number | undefined
}

/** A signed token with its times, in seconds since the epoch. */
export interface IssuedToken {
  readonly accessToken: string
  readonly issuedAt: number
  readonly notBefore: number
  readonly expiresAt: number
}

export type TokenRejection = 'malformed' | 'signature' | 'expired' | 'notYetValid' | 'issuer' | 'audience'

/** Why a token was not accepted; `claims` only once the signature was good. */
export class TokenRejectedError extends Error {
  override name = 'TokenRejectedError'
  readonly reason: TokenRejection
  readonly claims: Readonly<Record<string, unknown>> | undefined
  constructor(reason: TokenRejection, claims?: Readonly<Record<string, unknown>>) {
    super(`the access token was rejected: ${reason}`)
    this.reason = reason
    this.claims = claims
  }
}

export interface VerifiedToken {
  /** The token's own id (`uti`); undefined for one that has none. */
  readonly tokenId: string | undefined
  readonly tenantId: string
  readonly objectId: string
  readonly clientId: string
  /** Of the user in whose name the client calls; undefined for a token of the client itself. */
  readonly userPrincipalName: string | undefined
  readonly audience: string
  readonly expiresAt: number
}

/** A JSON Web Key as published. */
export interface PublishedKey {
  readonly kty: 'RSA'
  readonly use: 'sig'
  readonly kid: string
  readonly x5t: string
  readonly n: string
  readonly e: string
  readonly x5c: readonly string[]
}

/** Signs and verifies for one tenant. */
export interface TokenAuthority {
  readonly tenantId: string
  /** `https://sts.windows.net/{tid}/` */
  readonly issuer: string
  /**
   * Finds out whether the keys that there are can be used, and makes none.
   * @throws SigningKeyUnreadableError
   */
  check(): Promise<void>
  /** Makes sure that a signing key exists, so that the first token need not wait for one. */
  prepare(): Promise<void>
  /** A fresh token for every call, signed with the current key. */
  issue(request: TokenRequest): Promise<IssuedToken>
  /** A fresh token for every call, by which an application acts for a user. */
  issueForUser(request: UserTokenRequest): Promise<IssuedToken>
  /** Signs claims of another issuer of this installation with the current key: a JWT. */
  signClaims(claims: Readonly<Record<string, unknown>>): Promise<string>
  /** The cached token for this identity and resource, or a new one when it is due for renewal (a managed identity's behaviour). */
  issueCached(request: TokenRequest): Promise<IssuedToken>
  /**
   * Checks signature, issuer, audience and time.
   * @param audiences those accepted, compared without a trailing slash and case-insensitively
   * @throws TokenRejectedError
   */
  verify(accessToken: string, audiences: readonly string[]): Promise<VerifiedToken>
  /** Public parts of all keys that verify, the next one included. */
  publishedKeys(): Promise<readonly PublishedKey[]>
}
