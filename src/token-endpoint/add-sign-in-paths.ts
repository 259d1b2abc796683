import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { createLocalJWKSet, compactVerify, decodeJwt, errors } from 'jose'
import { originOf } from '../http/http-app.ts'
import { v2IssuerOf } from '../tokens/claims.ts'
import type { AudienceDirectory } from '../tokens/known-resources.ts'
import type { TokenAuthority } from '../tokens/token-authority.ts'
import { authorizationReply, type Reply } from './authorization-reply.ts'
import { type AuthorizationRequest, ClientError, readAuthorizationRequest } from './authorization-request.ts'
import { EntraError, malformedTenant, unknownTenant } from './entra-error.ts'
import { describeError, type ErrorIds } from './error-answer.ts'
import type { Page } from './page-layout.ts'
import { isPortal } from './public-clients.ts'
import { clientRequestId } from './request-ids.ts'
import { noteAnswer, noteSignIn } from './sign-in-record.ts'
import { flowExpired, foreignForm, organizationsOnly } from './sign-in-errors.ts'
import { errorPage, signedOutPage, signInPage } from './sign-in-pages.ts'
import { couldBeTenant, findTenant } from './tenant.ts'
import { authenticateUser, type UserSignIns } from './user-sign-ins.ts'

export interface SignInPaths {
  readonly authority: TokenAuthority
  readonly signIns: UserSignIns
  readonly directory: AudienceDirectory
  /** Where the portal is being served. */
  readonly portalOrigins: () => readonly string[]
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly newGuid: () => string
  readonly randomBytes: (size: number) => Uint8Array
}

interface TenantPath {
  Params: { tenant: string }
}

type Answer = (request: FastifyRequest<TenantPath>, nonce: string) => Promise<Reply>

/** The pages where users sign in and out: authorization endpoint, its form, and the end of the session. */
export function addSignInPaths(app: FastifyInstance, paths: SignInPaths): void {
  const { signIns } = paths
  const answering = (answer: Answer) => async (request: FastifyRequest<TenantPath>, reply: FastifyReply) => {
    const nonce = Buffer.from(paths.randomBytes(16)).toString('base64')
    const outcome = await answer(request, nonce).catch((error: unknown) => toReply(error, request, nonce))
    return 'page' in outcome ? sendPage(reply, outcome.page) : sendRedirect(reply, outcome.location)
  }

  const idsOf = (request: FastifyRequest): ErrorIds => ({
    traceId: request.id,
    correlationId: clientRequestId(request) ?? paths.newGuid(),
    now: paths.clock(),
  })

  function toReply(error: unknown, request: FastifyRequest, nonce: string): Reply {
    const ids = idsOf(request)
    if (error instanceof ClientError) {
      const { error: told, address } = error
      const { error: code, error_description, error_uri } = describeError(told, ids)
      return authorizationReply(address, { error: code, error_description, error_uri }, nonce)
    }
    if (!(error instanceof EntraError)) throw error
    return { page: errorPage({ error, requestId: ids.traceId, correlationId: ids.correlationId, now: ids.now, nonce }) }
  }

  /** A page for a request that is in order; what was typed stands in it again after an error. */
  function showForm(
    { params: { tenant } }: FastifyRequest<TenantPath>,
    asked: AuthorizationRequest,
    nonce: string,
    { loginName, error }: { loginName: string; error?: EntraError },
  ): Reply {
    return {
      page: signInPage({
        action: `/${tenant}/login`,
        transaction: signIns.pending.put(asked),
        clientName: asked.client.displayName,
        loginName,
        error,
        nonce,
        formTarget: new URL(asked.redirectUri).origin,
      }),
    }
  }

  const authorize: Answer = async (request, nonce) => {
    const { tenantId } = paths.authority
    requireTenantOfUsers(request.params.tenant, tenantId)
    const { directory } = paths
    const portalOrigins = paths.portalOrigins()
    const asked = await readAuthorizationRequest(parametersOf(request), { tenantId, directory, portalOrigins })
    return showForm(request, asked, nonce, { loginName: asked.loginHint })
  }

  const login: Answer = async (request, nonce) => {
    requireTenantOfUsers(request.params.tenant, paths.authority.tenantId)
    requireOwnForm(request)
    const form = parametersOf(request)
    const pending = signIns.pending.take(form.get('ctx') ?? '')
    if (pending.outcome !== 'taken') throw flowExpired()
    const loginName = (form.get('login') ?? '').slice(0, 320)
    try {
      const { objectId } = await authenticateUser(loginName, form.get('passwd') ?? '', paths.authority.tenantId, signIns)
      const sessionId = paths.newGuid()
      const code = signIns.codes.put({ request: pending.value, objectId, sessionId })
      return authorizationReply(pending.value, { code, session_state: sessionId }, nonce)
    } catch (error) {
      if (!(error instanceof EntraError)) throw error
      const { client, scope } = pending.value
      noteSignIn(request, {
        clientId: client.clientId,
        resource: scope.resource,
        method: 'password',
        isInteractive: true,
        loginName,
      })
      noteAnswer(request, { status: error.status, body: describeError(error, idsOf(request)) })
      return showForm(request, pending.value, nonce, { loginName, error })
    }
  }

  /** OpenID Connect RP-Initiated Logout 1.0. The ID token says which session ends: there is no cookie that would. */
  const logout: Answer = async (request, nonce) => {
    const parameters = parametersOf(request)
    const sessionId = await sessionOf(parameters.get('id_token_hint') ?? '', paths.authority)
    if (sessionId !== undefined) signIns.sessions.end(sessionId)
    const target = parameters.get('post_logout_redirect_uri') ?? ''
    if (!isPortal(target, paths.portalOrigins())) return { page: signedOutPage(nonce) }
    const state = parameters.get('state')
    const url = new URL(target)
    if (state !== null) url.searchParams.set('state', state)
    return { location: url.href }
  }

  for (const method of ['GET', 'POST'] as const) {
    app.route({ method, url: '/:tenant/oauth2/v2.0/authorize', handler: answering(authorize) })
    app.route({ method, url: '/:tenant/oauth2/v2.0/logout', handler: answering(logout) })
  }
  app.post('/:tenant/login', answering(login))
}

function sendPage(reply: FastifyReply, { status, headers, html }: Page): FastifyReply {
  return reply
    .code(status)
    .headers({ ...headers })
    .send(html)
}

/** 303 makes a browser that sent a form go on without it. */
function sendRedirect(reply: FastifyReply, location: string): FastifyReply {
  return reply.code(303).headers({ location, 'cache-control': 'no-store, no-cache', 'referrer-policy': 'no-referrer' }).send()
}

/** Those of the form, or of the query. */
function parametersOf({ body, url }: FastifyRequest): URLSearchParams {
  if (body instanceof URLSearchParams) return body
  const mark = url.indexOf('?')
  return new URLSearchParams(mark === -1 ? '' : url.slice(mark))
}

/** @throws EntraError for a tenant that has no users here */
export function requireTenantOfUsers(segment: string, tenantId: string): void {
  const tenant = findTenant(segment, tenantId)
  if (tenant?.isHome === true || tenant?.issuerId === '{tenantid}') return
  if (tenant) throw organizationsOnly()
  throw couldBeTenant(segment) ? unknownTenant(segment, 'invalid_request') : malformedTenant(segment)
}

/**
 * Browsers say where a form was made. A page of another origin could make one with a password of its own in it, and so sign a user in
 * as somebody else.
 * @throws EntraError
 */
function requireOwnForm(request: FastifyRequest): void {
  const { origin, 'sec-fetch-site': site } = request.headers
  const own = originOf(request).baseUrl.toLowerCase()
  if (origin !== undefined && origin.toLowerCase() !== own) throw foreignForm()
  if (site !== undefined && site !== 'same-origin') throw foreignForm()
}

/** The session of an ID token of ours, expired or not; undefined for anything else. */
async function sessionOf(idToken: string, authority: TokenAuthority): Promise<string | undefined> {
  const keys = createLocalJWKSet({ keys: (await authority.publishedKeys()).map((key) => ({ ...key, x5c: [...key.x5c] })) })
  try {
    await compactVerify(idToken, keys, { algorithms: ['RS256'] })
    const { iss, sid } = decodeJwt(idToken)
    return iss === v2IssuerOf(authority.tenantId) && typeof sid === 'string' ? sid : undefined
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined
    throw error
  }
}
