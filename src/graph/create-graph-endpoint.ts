import type { FastifyBaseLogger, FastifyRequest } from 'fastify'
import type { DirectoryStore } from '../directory/directory-store.ts'
import type { ServicePrincipal } from '../directory/service-principal.ts'
import type { Endpoint } from '../http/endpoint.ts'
import { createHttpApp, endpointOf, type ErrorAnswer } from '../http/http-app.ts'
import type { TokenAuthority } from '../tokens/token-authority.ts'
import { TokenRejectedError } from '../tokens/token-authority.ts'
import { matchesFilter } from './filter.ts'

export interface GraphOptions {
  readonly authority: TokenAuthority
  readonly directory: Pick<DirectoryStore, 'findServicePrincipal' | 'findServicePrincipalByClientId' | 'listServicePrincipals'>
  readonly logger: FastifyBaseLogger
  readonly newGuid: () => string
}

/** An error in Microsoft Graph's shape. */
class GraphError extends Error {
  override name = 'GraphError'
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

const audiences = ['https://graph.microsoft.com', '00000003-0000-0000-c000-000000000000']

/** The part of Microsoft Graph that role assignment needs: service principals. */
export async function createGraphEndpoint({ authority, directory, logger, newGuid }: GraphOptions): Promise<Endpoint> {
  const app = createHttpApp({
    logger,
    newGuid,
    bodyLimit: 256 * 1024,
    toErrorAnswer: errorAnswer,
    onNotFound: (request) => errorAnswer(new GraphError(400, 'BadRequest', 'Resource not found for the segment.'), request),
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.header('request-id', request.id)
    const [, token] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? []
    const refused = new GraphError(
      401,
      'InvalidAuthenticationToken',
      token === undefined ? 'Access token is empty.' : 'Access token validation failure.',
    )
    if (token === undefined) throw refused
    const verified = await authority.verify(token, audiences).catch((error: unknown) => {
      throw error instanceof TokenRejectedError ? refused : error
    })
    if (!(await directory.findServicePrincipal(verified.objectId))) throw refused
  })
  app.get<{ Querystring: { $filter?: string } }>('/v1.0/servicePrincipals', async (request) => {
    const all = await directory.listServicePrincipals()
    const filter = request.query.$filter
    const found = filter === undefined || filter === '' ? all : all.filter((principal) => matches(principal, filter))
    return {
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#servicePrincipals',
      value: found.map((p) => view(p, authority.tenantId)),
    }
  })
  app.get<{ Params: { id: string } }>('/v1.0/servicePrincipals/:id', async (request) => {
    const principal = await directory.findServicePrincipal(request.params.id)
    if (principal) return view(principal, authority.tenantId)
    throw new GraphError(
      404,
      'Request_ResourceNotFound',
      `Resource '${request.params.id}' does not exist or one of its queried reference-property objects are not present.`,
    )
  })
  app.post<{ Body: { ids?: unknown } | null }>('/v1.0/directoryObjects/getByIds', async (request) => {
    const ids = request.body?.ids
    if (!Array.isArray(ids)) throw new GraphError(400, 'Request_BadRequest', "The body needs 'ids', a list of object ids.")
    const found = await Promise.all(ids.map((id) => directory.findServicePrincipal(String(id))))
    const value = found.flatMap((principal) =>
      principal ? [{ '@odata.type': '#microsoft.graph.servicePrincipal', ...view(principal, authority.tenantId) }] : [],
    )
    return { '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#directoryObjects', value }
  })
  return endpointOf(app)
}

function matches(principal: ServicePrincipal, filter: string): boolean {
  const result = matchesFilter(filter, {
    displayName: principal.displayName,
    appId: principal.clientId,
    id: principal.objectId,
    servicePrincipalNames: [principal.clientId, ...(principal.managedBy === undefined ? [] : [principal.managedBy])],
  })
  if (result === undefined) throw new GraphError(400, 'BadRequest', `Invalid filter clause: ${filter}`)
  return result
}

function view(principal: ServicePrincipal, tenantId: string): object {
  return {
    id: principal.objectId,
    appId: principal.clientId,
    appOwnerOrganizationId: tenantId,
    accountEnabled: true,
    displayName: principal.displayName,
    appDisplayName: principal.displayName,
    createdDateTime: new Date(principal.createdAt).toISOString(),
    servicePrincipalType: principal.kind === 'application' ? 'Application' : 'ManagedIdentity',
    servicePrincipalNames: [principal.clientId],
    alternativeNames:
      principal.managedBy === undefined
        ? []
        : [`isExplicit=${principal.kind === 'userAssigned' ? 'True' : 'False'}`, principal.managedBy],
  }
}

function errorAnswer(error: Error & { statusCode?: number }, request: FastifyRequest): ErrorAnswer {
  const isClientFault = error.statusCode !== undefined && error.statusCode < 500
  const known =
    error instanceof GraphError
      ? error
      : isClientFault
        ? new GraphError(error.statusCode ?? 400, 'BadRequest', 'Unable to read JSON request payload.')
        : new GraphError(500, 'InternalServerError', 'An internal error has occurred.')
  const innerError = { 'request-id': request.id, 'client-request-id': request.id }
  return { status: known.status, body: { error: { code: known.code, message: known.message, innerError } } }
}
