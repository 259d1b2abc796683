import { hash } from 'node:crypto'
import type { User } from '../directory/user.ts'
import { issuerOf, type TokenTimes, v2IssuerOf } from './claims.ts'
import type { UserTokenRequest } from './token-authority.ts'

/** What a client of a user may do at Microsoft Graph: what Azure CLI is allowed there, as far as there is something to be allowed. */
const graphScopes = 'AuditLog.Read.All Directory.AccessAsUser.All email openid profile'
const graphNames = ['https://graph.microsoft.com', '00000003-0000-0000-c000-000000000000']

/** What a client may do in a user's name at a resource: the names of its scopes, separated by spaces. */
export function delegatedScopes(resource: string): string {
  return graphNames.includes(resource.replace(/\/+$/, '').toLowerCase()) ? graphScopes : 'user_impersonation'
}

/**
 * What goes in a user's access token, as Entra's public clients get it (version 1.0).
 * https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
 * @param uniqueId a random GUID, for `uti`, `aio` and `rh`, which are opaque
 */
export function userClaimsOf(
  { user, clientId, resource, sessionId }: UserTokenRequest,
  tenantId: string,
  { issuedAt, expiresAt }: TokenTimes,
  uniqueId: string,
): Readonly<Record<string, unknown>> {
  const opaque = Buffer.from(uniqueId.replaceAll('-', ''), 'hex')
  return {
    aud: resource,
    iss: issuerOf(tenantId),
    iat: issuedAt,
    nbf: issuedAt,
    exp: expiresAt,
    acr: '1',
    aio: `AT${opaque.toString('base64')}`,
    amr: ['pwd'],
    appid: clientId,
    // A public client proves nothing of itself.
    appidacr: '0',
    idtyp: 'user',
    name: user.displayName,
    oid: user.objectId,
    rh: `1.A${opaque.toString('base64url')}.`,
    scp: delegatedScopes(resource),
    sid: sessionId,
    sub: subjectOf(user, clientId, tenantId),
    tid: tenantId,
    unique_name: user.userPrincipalName,
    upn: user.userPrincipalName,
    uti: opaque.toString('base64url'),
    ver: '1.0',
  }
}

export interface IdTokenRequest {
  readonly user: User
  readonly clientId: string
  readonly sessionId: string
  /** What the client sent to know its own request by; undefined when it sent nothing. */
  readonly nonce: string | undefined
}

/**
 * What goes in an ID token (version 2.0).
 * https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference
 */
export function idTokenClaimsOf(
  { user, clientId, sessionId, nonce }: IdTokenRequest,
  tenantId: string,
  { issuedAt, expiresAt }: TokenTimes,
  uniqueId: string,
): Readonly<Record<string, unknown>> {
  const opaque = Buffer.from(uniqueId.replaceAll('-', ''), 'hex')
  return {
    aud: clientId,
    iss: v2IssuerOf(tenantId),
    iat: issuedAt,
    nbf: issuedAt,
    exp: expiresAt,
    aio: `AT${opaque.toString('base64')}`,
    name: user.displayName,
    ...(nonce !== undefined && { nonce }),
    oid: user.objectId,
    preferred_username: user.userPrincipalName,
    rh: `1.A${opaque.toString('base64url')}.`,
    sid: sessionId,
    sub: subjectOf(user, clientId, tenantId),
    tid: tenantId,
    uti: opaque.toString('base64url'),
    ver: '2.0',
  }
}

/** A subject is another one for each client, so that two of them cannot compare whom they know (`pairwise`). */
function subjectOf({ objectId }: User, clientId: string, tenantId: string): string {
  return hash('sha256', `${tenantId} ${clientId.toLowerCase()} ${objectId}`, 'base64url')
}
