import { hash } from 'node:crypto'
import type { User } from '../directory/user.ts'
import { idTokenClaimsOf } from '../tokens/user-claims.ts'
import type { IssuedToken, TokenAuthority } from '../tokens/token-authority.ts'
import { type DelegatedScope, readDelegatedScope, type ScopeContext } from './delegated-scope.ts'
import { missingParameter, unknownApplication } from './entra-error.ts'
import { signInPrincipalOf, type SignInNote } from './sign-in-record.ts'
import { findPublicClient, type PublicClient } from './public-clients.ts'
import {
  expiredCode,
  expiredSession,
  malformedGrant,
  otherRedirectUri,
  publicClientOnly,
  redeemedCode,
  revokedGrant,
  unknownUser,
  wrongVerifier,
} from './sign-in-errors.ts'
import { sessionLifetime } from './user-sessions.ts'
import { authenticateUser, type UserSignIns } from './user-sign-ins.ts'

/** What a client gets by a grant of a user. */
export interface UserGrant {
  readonly user: User
  readonly token: IssuedToken
  readonly resource: string
  /** Granted scopes, separated by spaces. */
  readonly scope: string
  readonly refreshToken: string | undefined
  readonly idToken: string | undefined
}

export interface UserGrantContext extends Omit<ScopeContext, 'clientName'> {
  readonly authority: TokenAuthority
  readonly signIns: UserSignIns
  readonly newGuid: () => string
  /** Told of what the sign-in log tells. */
  readonly note: (note: SignInNote) => void
}

/** Of a user's access token, in seconds. Entra takes something between an hour and an hour and a half. */
const accessTokenLifetime = 4500

type GrantOf = (form: URLSearchParams, context: UserGrantContext) => Promise<UserGrant>

/** The grants of users by `grant_type`. Each throws EntraError. */
export const userGrants: ReadonlyMap<string, GrantOf> = new Map([
  ['authorization_code', authorizationCodeGrant],
  ['refresh_token', refreshTokenGrant],
  ['password', passwordGrant],
])

/** RFC 6749 4.1.3, with the proof of RFC 7636. */
async function authorizationCodeGrant(form: URLSearchParams, context: UserGrantContext): Promise<UserGrant> {
  const { signIns, tenantId, note } = context
  note({ method: 'authorizationCode', isInteractive: true })
  const client = readClient(form, tenantId)
  const code = required(form, 'code')
  const redirectUri = required(form, 'redirect_uri')
  const verifier = required(form, 'code_verifier')
  const found = signIns.codes.take(code)
  if (found.outcome === 'unknown') throw malformedGrant()
  const { request, objectId, sessionId } = found.value
  if (found.outcome === 'spent') {
    // Whoever came first may have stolen it (RFC 6749 4.1.2).
    signIns.sessions.end(sessionId)
    throw redeemedCode()
  }
  if (found.outcome === 'expired') throw expiredCode()
  if (request.client.clientId !== client.clientId) throw malformedGrant()
  if (request.redirectUri !== redirectUri) throw otherRedirectUri(redirectUri, request.redirectUri)
  if (hash('sha256', verifier, 'base64url') !== request.codeChallenge) throw wrongVerifier()
  const user = await findUser(objectId, client, context)
  const scope = await scopeOf(form, client, request.askedScope, context)
  const grant = await issue({ user, client, scope, sessionId, nonce: request.nonce }, context)
  if (!request.scope.offlineAccess) return grant
  const session = { sessionId, objectId, clientId: client.clientId, scope: request.askedScope }
  return { ...grant, refreshToken: signIns.sessions.begin(session) }
}

/** RFC 6749 6. */
async function refreshTokenGrant(form: URLSearchParams, context: UserGrantContext): Promise<UserGrant> {
  const { signIns, tenantId, note } = context
  note({ method: 'refreshToken', isInteractive: false })
  const client = readClient(form, tenantId)
  const redeemed = signIns.sessions.redeem(required(form, 'refresh_token'), client)
  if (redeemed.outcome === 'unknown') throw malformedGrant()
  if (redeemed.outcome === 'reused') throw revokedGrant()
  if (redeemed.outcome === 'expired') throw expiredSession(redeemed.session.startedAt, sessionLifetime)
  const { session, refreshToken } = redeemed
  const user = await findUser(session.objectId, client, context)
  const scope = await scopeOf(form, client, session.scope, context)
  return { ...(await issue({ user, client, scope, sessionId: session.sessionId, nonce: undefined }, context)), refreshToken }
}

/** RFC 6749 4.3: `az login -u NAME -p PASSWORD`. */
async function passwordGrant(form: URLSearchParams, context: UserGrantContext): Promise<UserGrant> {
  const { signIns, tenantId, note, newGuid } = context
  note({ method: 'password', isInteractive: false, loginName: (form.get('username') ?? '').slice(0, 320) })
  const client = readClient(form, tenantId)
  const asked = required(form, 'scope')
  const scope = await scopeOf(form, client, asked, context)
  const user = await authenticateUser(required(form, 'username'), required(form, 'password'), tenantId, signIns)
  note({ principal: signInPrincipalOf(user, client.clientId) })
  const sessionId = newGuid()
  const grant = await issue({ user, client, scope, sessionId, nonce: undefined }, context)
  if (!scope.offlineAccess) return grant
  const session = { sessionId, objectId: user.objectId, clientId: client.clientId, scope: asked }
  return { ...grant, refreshToken: signIns.sessions.begin(session) }
}

interface Issue {
  readonly user: User
  readonly client: PublicClient
  readonly scope: DelegatedScope
  readonly sessionId: string
  readonly nonce: string | undefined
}

async function issue({ user, client, scope, sessionId, nonce }: Issue, context: UserGrantContext): Promise<UserGrant> {
  const { authority, tenantId, newGuid, note } = context
  const { clientId } = client
  const { resource, granted, openid } = scope
  note({ resource })
  const token = await authority.issueForUser({ user, clientId, resource, sessionId, lifetimeSeconds: accessTokenLifetime })
  note({ token })
  const claims = idTokenClaimsOf({ user, clientId, sessionId, nonce }, tenantId, token, newGuid())
  const idToken = openid ? await authority.signClaims(claims) : undefined
  return { user, token, resource, scope: granted, refreshToken: undefined, idToken }
}

/** @throws EntraError when there is no such client, or when it shows a secret, which it cannot have */
function readClient(form: URLSearchParams, tenantId: string): PublicClient {
  const clientId = required(form, 'client_id')
  const client = findPublicClient(clientId)
  if (!client) throw unknownApplication(clientId, tenantId)
  if (form.get('client_secret') || form.get('client_assertion')) throw publicClientOnly()
  return client
}

/** What the request asks for; where it says nothing, what the sign-in asked for. */
async function scopeOf(
  form: URLSearchParams,
  { displayName }: PublicClient,
  asked: string,
  context: UserGrantContext,
): Promise<DelegatedScope> {
  return readDelegatedScope(form.get('scope') || asked, { ...context, clientName: displayName })
}

async function findUser(objectId: string, client: PublicClient, { signIns, tenantId, note }: UserGrantContext): Promise<User> {
  const user = await signIns.users.findUser(objectId)
  if (!user) throw unknownUser(objectId, tenantId)
  note({ principal: signInPrincipalOf(user, client.clientId) })
  return user
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name)
  if (value === null || value === '') throw missingParameter(name)
  return value
}
