import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify'
import type { AccessControl } from '../access-control/access-control.ts'
import type { Endpoint } from '../http/endpoint.ts'
import { createHttpApp, endpointOf, originOf } from '../http/http-app.ts'
import type { Resources } from '../resources/operations.ts'
import type { TokenAuthority, VerifiedToken } from '../tokens/token-authority.ts'
import { checkApiVersion } from './api-version.ts'
import { setArmHeaders } from './arm-headers.ts'
import { toErrorAnswer } from './arm-error.ts'
import { authenticate } from './authenticate.ts'
import { acceptAnyBody } from './body.ts'
import { metadataEndpoints } from './metadata-endpoints.ts'
import { queryValue } from './query.ts'
import { readPath, readScope, unknownPath, wrongMethod } from './request-path.ts'
import { noteAnswer, noteFailure, recordOf, writeRecord, type RecordOptions } from './request-record.ts'
import { actionOf, perform, type Services } from './route.ts'
import { findRoute } from './routes.ts'

export interface ResourceManagerOptions extends RecordOptions {
  readonly resources: Resources
  readonly accessControl: AccessControl
  readonly authority: TokenAuthority
  readonly scheduledEvents: Services['scheduledEvents']
  readonly logs: Services['logs']
  readonly latestChanges: Services['latestChanges']
  readonly requestMachineToken: Services['requestMachineToken']
  /** Whether the principal of a token is there. */
  readonly holderExists: (token: VerifiedToken) => Promise<boolean>
  readonly logger: FastifyBaseLogger
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly newGuid: () => string
}

/** The control plane over HTTP. Each request is authenticated, its api-version checked, its path parsed, and handed to its operation. */
export async function createResourceManager(options: ResourceManagerOptions): Promise<Endpoint> {
  const { resources, accessControl, authority, logger, newGuid, clock } = options
  const { scheduledEvents, logs, latestChanges, requestMachineToken } = options
  const told = { logs, latestChanges, requestMachineToken }
  const services = { resources, accessControl, scheduledEvents, ...told, tenantId: authority.tenantId }
  const app = createHttpApp({
    logger,
    newGuid,
    bodyLimit: 4 * 1024 * 1024,
    toErrorAnswer: (error, request) => noteAnswer(request, toErrorAnswer(error)),
    onNotFound: (request) => noteAnswer(request, toErrorAnswer(unknownPath(request.url))),
    onUnrouted: (request, reply) => {
      setArmHeaders(request, reply, clock())
      writeRecord(request, reply, options)
    },
  })
  acceptAnyBody(app)
  app.addHook('onRequest', async (request, reply) => setArmHeaders(request, reply, clock()))
  app.addHook('onSend', async (request, reply) => writeRecord(request, reply, options))
  app.get('/metadata/endpoints', async (request) => {
    const apiVersion = queryValue(request.query, 'api-version') ?? ''
    return metadataEndpoints(originOf(request).baseUrl, apiVersion)
  })
  app.all('/*', async (request, reply) => {
    try {
      return await serve(request, reply)
    } catch (error) {
      await noteFailure(request, error, options)
      throw error
    }
  })
  return endpointOf(app)

  async function serve(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const record = recordOf(request)
    const caller = (record.caller = await authenticate(request, options))
    const path = readPath(request.url)
    const apiVersion = checkApiVersion(request.query)
    const found = findRoute(request.method, path)
    if ('methods' in found) {
      throw found.methods.length > 0 ? wrongMethod(request.method, found.methods) : unknownPath(path)
    }
    const scope = (record.scope = readScope(found.match.scope, path))
    const { names } = found.match
    record.action = actionOf(found.route, { scope, names })
    return perform(found.route, { request, reply, caller, apiVersion, scope, names, services })
  }
}
