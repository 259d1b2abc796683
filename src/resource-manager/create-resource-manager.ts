import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify'
import type { AccessControl } from '../access-control/access-control.ts'
import type { DirectoryStore } from '../directory/directory-store.ts'
import type { Endpoint } from '../http/endpoint.ts'
import { createHttpApp, endpointOf, originOf } from '../http/http-app.ts'
import type { Resources } from '../resources/operations.ts'
import type { TokenAuthority } from '../tokens/token-authority.ts'
import { checkApiVersion } from './api-version.ts'
import { setArmHeaders } from './arm-headers.ts'
import { toErrorAnswer } from './arm-error.ts'
import { authenticate } from './authenticate.ts'
import { metadataEndpoints } from './metadata-endpoints.ts'
import { queryValue } from './query.ts'
import { findExtensionRoute, fixedRoutes } from './routes.ts'
import { scopeOf, type Route } from './route.ts'

export interface ResourceManagerOptions {
  readonly resources: Resources
  readonly accessControl: AccessControl
  readonly authority: TokenAuthority
  readonly directory: Pick<DirectoryStore, 'findServicePrincipal'>
  readonly logger: FastifyBaseLogger
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly newGuid: () => string
}

/** The control plane over HTTP. Each request is authenticated, its api-version checked, its path parsed, and handed to its operation. */
export async function createResourceManager(options: ResourceManagerOptions): Promise<Endpoint> {
  const { resources, accessControl, authority, logger, newGuid, clock } = options
  const services = { resources, accessControl, tenantId: authority.tenantId }
  const app = createHttpApp({
    logger,
    newGuid,
    bodyLimit: 4 * 1024 * 1024,
    toErrorAnswer,
    onNotFound: () => ({
      status: 404,
      body: {
        error: {
          code: 'MissingSubscription',
          message: 'The request did not have a subscription or a valid tenant level resource provider.',
        },
      },
    }),
  })
  app.addHook('onRequest', async (request, reply) => setArmHeaders(request, reply, clock()))
  app.get('/metadata/endpoints', async (request) => {
    const apiVersion = queryValue(request.query, 'api-version') ?? ''
    return metadataEndpoints(originOf(request).baseUrl, apiVersion)
  })

  const handlerOf = (fixed: Route) => async (request: FastifyRequest, reply: FastifyReply) => {
    const caller = await authenticate(request, options)
    const apiVersion = checkApiVersion(request.query)
    const route = findExtensionRoute(request.method, request.url.split('?')[0] ?? '/') ?? fixed
    return route.handle({ request, reply, caller, apiVersion, scope: scopeOf(request, route), services })
  }
  for (const route of fixedRoutes) app.route({ method: route.method, url: route.path, handler: handlerOf(route) })
  return endpointOf(app)
}
