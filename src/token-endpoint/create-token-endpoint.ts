import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify'
import type { Endpoint } from '../http/endpoint.ts'
import { createHttpApp, endpointOf, originOf } from '../http/http-app.ts'
import type { TokenAuthority } from '../tokens/token-authority.ts'
import { clientCredentialsGrant, type TokenEndpointDirectory } from './client-credentials.ts'
import { authorityUrl, instanceDiscovery, openidConfiguration } from './discovery.ts'
import { toErrorAnswer, unknownTenant } from './entra-error.ts'

export interface TokenEndpointOptions {
  readonly authority: TokenAuthority
  readonly directory: TokenEndpointDirectory
  readonly logger: FastifyBaseLogger
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly newGuid: () => string
}

type TenantRequest = FastifyRequest<{ Params: { tenant: string } }>

/** The authority over HTTP: discovery, key set, and the client credentials grant. */
export async function createTokenEndpoint(options: TokenEndpointOptions): Promise<Endpoint> {
  const { authority, logger, newGuid, clock } = options
  const app = createHttpApp({
    logger,
    newGuid,
    bodyLimit: 64 * 1024,
    toErrorAnswer: (error, request) => toErrorAnswer(error, { traceId: request.id, now: clock() }),
    onNotFound: () => ({
      status: 404,
      body: { error: 'invalid_request', error_description: 'There is nothing at this address.' },
    }),
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, new URLSearchParams(String(body)))
  })
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-ms-request-id', request.id).header('x-content-type-options', 'nosniff')
  })

  /** The tenant of the path, when it is this one or stands for any. */
  const tenantOf = (request: TenantRequest): string => {
    const { tenant } = request.params
    if (!['common', 'organizations', authority.tenantId].includes(tenant.toLowerCase())) throw unknownTenant(tenant)
    return tenant.toLowerCase()
  }
  const configuration = (version: 1 | 2) => async (request: FastifyRequest) => {
    const tenant = tenantOf(request as TenantRequest)
    return openidConfiguration(authorityUrl(originOf(request).baseUrl), tenant, authority.tenantId, version)
  }
  const keys = async (request: FastifyRequest, reply: FastifyReply) => {
    tenantOf(request as TenantRequest)
    reply.header('cache-control', 'max-age=86400, private')
    const issuer = `https://login.microsoftonline.com/${authority.tenantId}/v2.0`
    return { keys: (await authority.publishedKeys()).map((key) => ({ ...key, issuer })) }
  }
  const token = (version: 1 | 2) => async (request: FastifyRequest, reply: FastifyReply) => {
    tenantOf(request as TenantRequest)
    const { token: issued, resource } = await clientCredentialsGrant(formOf(request), version, options)
    const lifetime = issued.expiresAt - issued.issuedAt
    reply.header('cache-control', 'no-store, no-cache').header('pragma', 'no-cache')
    // The v1 endpoint writes its numbers as strings, the v2 endpoint as numbers.
    if (version === 2)
      return { token_type: 'Bearer', expires_in: lifetime, ext_expires_in: lifetime, access_token: issued.accessToken }
    return {
      token_type: 'Bearer',
      expires_in: String(lifetime),
      ext_expires_in: String(lifetime),
      expires_on: String(issued.expiresAt),
      not_before: String(issued.notBefore),
      resource,
      access_token: issued.accessToken,
    }
  }

  app.get('/common/discovery/instance', async (request) =>
    instanceDiscovery((request.query as { authorization_endpoint?: string }).authorization_endpoint),
  )
  app.get('/:tenant/v2.0/.well-known/openid-configuration', configuration(2))
  app.get('/:tenant/.well-known/openid-configuration', configuration(1))
  app.get('/:tenant/discovery/v2.0/keys', keys)
  app.get('/:tenant/discovery/keys', keys)
  app.post('/:tenant/oauth2/token', token(1))
  app.post('/:tenant/oauth2/v2.0/token', token(2))
  return endpointOf(app)
}

/** The form, with the client's credentials of a Basic header put in (RFC 6749 2.3.1). */
function formOf(request: FastifyRequest): URLSearchParams {
  const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
  const [, basic] = /^Basic (.+)$/i.exec(request.headers.authorization ?? '') ?? []
  if (basic !== undefined) {
    const [id = '', ...secret] = Buffer.from(basic, 'base64').toString('utf8').split(':')
    form.set('client_id', decoded(id))
    form.set('client_secret', decoded(secret.join(':')))
  }
  return form
}

/** Credentials are form-encoded in the header (RFC 6749 2.3.1); clients that leave that out send them as they are. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
