import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Endpoint } from '../http/endpoint.ts'
import { createHttpApp, endpointOf, originOf } from '../http/http-app.ts'
import type { TokenAuthority } from '../tokens/token-authority.ts'
import { addSignInPaths, requireTenantOfUsers } from './add-sign-in-paths.ts'
import { formWithBasic } from './client-authentication.ts'
import { clientCredentialsGrant, type Grant, type TokenEndpointDirectory } from './client-credentials.ts'
import { isOwnAudience } from './assertion-audience.ts'
import type { FindIssuerKeys } from './issuer-keys.ts'
import { authorityUrl, keySet, openidConfiguration } from './discovery.ts'
import { userRealm } from './user-realm.ts'
import { malformedTenant, methodNotAllowed, noTenant, unknownTenant } from './entra-error.ts'
import { neverCached, toErrorAnswer } from './error-answer.ts'
import { instanceDiscovery } from './instance-discovery.ts'
import { clientRequestId, wantsClientRequestId } from './request-ids.ts'
import { noteAnswer, noteSignIn, writeRecord, type RecordOptions } from './sign-in-record.ts'
import { couldBeTenant, findTenant, type Tenant } from './tenant.ts'
import { type UserGrant, type UserGrantContext, userGrants } from './user-grants.ts'
import { createUserSignIns, type UserDirectory } from './user-sign-ins.ts'

export interface TokenEndpointOptions extends Pick<RecordOptions, 'recorder'> {
  readonly authority: TokenAuthority
  readonly directory: TokenEndpointDirectory & RecordOptions['directory']
  readonly users: UserDirectory
  /** Where the portal is being served. */
  readonly portalOrigins: () => readonly string[]
  readonly findIssuerKeys: FindIssuerKeys
  readonly logger: FastifyBaseLogger
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly newGuid: () => string
  readonly randomBytes: (size: number) => Uint8Array
}

interface TenantPath {
  Params: { tenant: string }
}

/** What Entra lets caches and other origins' pages do with what is public. */
const publicDocument = {
  'cache-control': 'max-age=86400, private',
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, OPTIONS',
} as const

/** The authority over HTTP: discovery, key set, the pages where users sign in, and the grants. */
export async function createTokenEndpoint(options: TokenEndpointOptions): Promise<Endpoint> {
  const { logger, newGuid, clock } = options
  const app = createHttpApp({
    logger,
    newGuid,
    bodyLimit: 64 * 1024,
    toErrorAnswer: (error, request) =>
      noteAnswer(
        request,
        toErrorAnswer(error, {
          traceId: request.id,
          correlationId: clientRequestId(request) ?? newGuid(),
          now: clock(),
        }),
      ),
    onNotFound: (request) =>
      noteAnswer(request, {
        status: 404,
        headers: neverCached,
        body: { error: 'invalid_request', error_description: 'There is nothing at this address.' },
      }),
    onUnrouted: (request, reply) => {
      reply.header('x-ms-request-id', request.id)
      void writeRecord(request, reply, options)
    },
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, new URLSearchParams(String(body)))
  })
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-ms-request-id', request.id).header('x-content-type-options', 'nosniff')
    const id = clientRequestId(request)
    if (id !== undefined && wantsClientRequestId(request)) reply.header('client-request-id', id)
    await writeRecord(request, reply, options)
  })
  addDiscovery(app, options)
  const signIns = createUserSignIns(options)
  addSignInPaths(app, { ...options, signIns })
  addTokenPaths(app, options, { ...options, tenantId: options.authority.tenantId, signIns })
  addMissingPaths(app)
  return endpointOf(app)
}

function addDiscovery(app: FastifyInstance, { authority }: TokenEndpointOptions): void {
  const tenantOf = (request: FastifyRequest<TenantPath>): Tenant => {
    const tenant = findTenant(request.params.tenant, authority.tenantId)
    if (!tenant) throw unknownTenant(request.params.tenant, 'invalid_tenant')
    return tenant
  }
  const configuration = (version: 1 | 2) => async (request: FastifyRequest<TenantPath>, reply: FastifyReply) => {
    const document = openidConfiguration(authorityUrl(originOf(request).baseUrl), tenantOf(request), version)
    return reply.headers(publicDocument).send(document)
  }
  const keys = (version: 1 | 2) => async (request: FastifyRequest<TenantPath>, reply: FastifyReply) => {
    const document = keySet(await authority.publishedKeys(), tenantOf(request), version)
    return reply.headers(publicDocument).send(document)
  }
  app.get<TenantPath>('/:tenant/discovery/instance', async (request, reply) => {
    const { authorization_endpoint } = request.query as Record<string, unknown>
    return reply.headers(publicDocument).send(instanceDiscovery(authorization_endpoint, originOf(request).baseUrl))
  })
  // Clients ask it before they send a password: whether the tenant takes one itself, or another system does.
  app.get<{ Params: { tenant: string; user: string } }>('/:tenant/userrealm/:user', async (request, reply) => {
    return reply.headers(neverCached).send(userRealm(request.params.user))
  })
  app.get<TenantPath>('/:tenant/v2.0/.well-known/openid-configuration', configuration(2))
  app.get<TenantPath>('/:tenant/.well-known/openid-configuration', configuration(1))
  app.get<TenantPath>('/:tenant/discovery/v2.0/keys', keys(2))
  app.get<TenantPath>('/:tenant/discovery/keys', keys(1))
}

function addTokenPaths(app: FastifyInstance, options: TokenEndpointOptions, users: Omit<UserGrantContext, 'note'>): void {
  for (const version of [1, 2] as const) {
    const url = version === 2 ? '/:tenant/oauth2/v2.0/token' : '/:tenant/oauth2/token'
    app.post<TenantPath>(url, async (request, reply) => {
      const { tenantId } = options.authority
      const sent = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
      const form = formWithBasic(sent, request.headers.authorization)
      noteSignIn(request, {
        clientId: form.get('client_id') ?? undefined,
        resource: form.get('resource') ?? form.get('scope') ?? undefined,
      })
      const userGrant = version === 2 ? userGrants.get(form.get('grant_type') ?? '') : undefined
      if (userGrant) {
        requireTenantOfUsers(request.params.tenant, tenantId)
        const grant = await userGrant(form, { ...users, note: (note) => noteSignIn(request, note) })
        return reply.headers(neverCached).send(userTokenAnswer(grant, form, tenantId))
      }
      noteSignIn(request, { method: form.has('client_assertion') ? 'clientAssertion' : 'clientSecret' })
      requireHome(request.params.tenant, tenantId)
      const grant = await clientCredentialsGrant(form, version, {
        ...options,
        assertions: {
          findIssuerKeys: options.findIssuerKeys,
          isOwnAudience: (audience) => isOwnAudience(audience, tenantId),
          now: options.clock(),
        },
      })
      noteSignIn(request, grant)
      return reply.headers(neverCached).send(tokenAnswer(grant, version))
    })
    app.options(url, async (_request, reply) => reply.header('allow', 'POST, OPTIONS').send())
    app.route({
      method: ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'],
      url,
      // Before the body is read, which may be none that this path understands.
      onRequest: async (request) => {
        throw methodNotAllowed(request.method)
      },
      handler: async () => undefined,
    })
  }
}

/** @throws EntraError when the tenant of a token path is not the one that applications are in */
function requireHome(segment: string, tenantId: string): void {
  const tenant = findTenant(segment, tenantId)
  if (tenant?.isHome) return
  if (tenant) throw noTenant()
  throw couldBeTenant(segment) ? unknownTenant(segment, 'invalid_request') : malformedTenant(segment)
}

/** The v1 endpoint writes its numbers as strings, the v2 endpoint as numbers (wire.md E.2). */
function tokenAnswer({ token, resource }: Grant, version: 1 | 2): object {
  const lifetime = token.expiresAt - token.issuedAt
  if (version === 2) {
    return { token_type: 'Bearer', expires_in: lifetime, ext_expires_in: lifetime, access_token: token.accessToken }
  }
  return {
    token_type: 'Bearer',
    expires_in: String(lifetime),
    ext_expires_in: String(lifetime),
    expires_on: String(token.expiresAt),
    not_before: String(token.notBefore),
    resource,
    access_token: token.accessToken,
  }
}

/** @param form MSAL asks in it for who the user is, in a form that needs no ID token */
function userTokenAnswer(
  { user, token, scope, refreshToken, idToken }: UserGrant,
  form: URLSearchParams,
  tenantId: string,
): Readonly<Record<string, unknown>> {
  const lifetime = token.expiresAt - token.issuedAt
  const clientInfo = { uid: user.objectId, utid: tenantId }
  return {
    token_type: 'Bearer',
    scope,
    expires_in: lifetime,
    ext_expires_in: lifetime,
    access_token: token.accessToken,
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    ...(idToken !== undefined && { id_token: idToken }),
    ...(form.get('client_info') === '1' && { client_info: Buffer.from(JSON.stringify(clientInfo)).toString('base64url') }),
  }
}

/** Paths where Entra signs users in, and Lanyard does not: the client should learn that, not that the address is wrong. */
function addMissingPaths(app: FastifyInstance): void {
  for (const path of ['authorize', 'devicecode', 'v2.0/devicecode']) {
    app.all(`/:tenant/oauth2/${path}`, async (_request, reply) =>
      reply.code(400).headers(neverCached).send({
        error: 'unauthorized_client',
        error_description:
          'Lanyard signs no users in at this address, only at /oauth2/v2.0/authorize. Sign in with a managed identity (az login --identity) or with an application and its secret (az login --service-principal).',
      }),
    )
  }
}
