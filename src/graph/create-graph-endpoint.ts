import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Endpoint } from '../http/endpoint.ts'
import { createHttpApp, endpointOf, type ErrorAnswer } from '../http/http-app.ts'
import type { LogRecorder } from '../logs/create-logs.ts'
import type { TokenAuthority } from '../tokens/token-authority.ts'
import { authenticate } from './authenticate.ts'
import type { EntityView } from './entity.ts'
import { findDirectoryObject, getByIds, type DirectoryObjects } from './get-by-ids.ts'
import { notFound, notPermitted, toErrorAnswer, unknownSegment } from './graph-error.ts'
import { listAnswer, refuseOptions, selected } from './list-answer.ts'
import { selector, type ListQuery } from './page.ts'
import { readServicePrincipals, type GraphDirectory, type ServicePrincipals } from './read-service-principals.ts'
import { recordRefusal } from './record-refusal.ts'
import { addSignIns, type SignInSources } from './sign-ins.ts'
import { servicePrincipalEntity } from './service-principal-view.ts'
import { addUsers, readUsers } from './users.ts'

export interface GraphOptions extends Omit<SignInSources, 'tenantId'> {
  readonly authority: TokenAuthority
  readonly recorder: LogRecorder
  readonly directory: GraphDirectory
  readonly logger: FastifyBaseLogger
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly newGuid: () => string
}

const root = '/v1.0'
const metadata = 'https://graph.microsoft.com/v1.0/$metadata'
const jsonType = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8'

/** The part of Microsoft Graph that role assignment and diagnosis need: service principals, users, sign-in logs, and the groups that there are none of. */
export async function createGraphEndpoint(options: GraphOptions): Promise<Endpoint> {
  const { authority, directory, logger, clock, newGuid, recorder } = options
  const callers = new WeakMap<object, string>()
  /** Those who call in a user's name. */
  const delegators = new WeakMap<FastifyRequest, string>()
  const refusals = new WeakMap<FastifyRequest, ErrorAnswer>()
  const errorAnswer = (error: Error, request: FastifyRequest) => {
    const answer = toErrorAnswer(error, { requestId: request.id, clientRequestId: clientRequestIdOf(request), now: clock() })
    refusals.set(request, answer)
    return answer
  }
  const record = (request: FastifyRequest, reply: FastifyReply) => {
    const answer = refusals.get(request)
    if (answer) recordRefusal(request, reply, answer, { recorder, now: clock(), callerId: callers.get(request) })
  }
  const app = createHttpApp({
    logger,
    newGuid,
    bodyLimit: 256 * 1024,
    toErrorAnswer: errorAnswer,
    onNotFound: (request) => errorAnswer(nothingAt(request), request),
    onUnrouted: (request, reply) => {
      reply.header('request-id', request.id)
      record(request, reply)
    },
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'request-id': request.id, 'client-request-id': clientRequestIdOf(request), 'cache-control': 'no-cache' })
    const { objectId, userPrincipalName } = await authenticate(request.headers.authorization, { authority, directory })
    callers.set(request, objectId)
    if (userPrincipalName !== undefined) delegators.set(request, objectId)
  })
  app.addHook('onSend', async (request, reply) => record(request, reply))
  app.addHook('preSerialization', async (_request, reply, payload: unknown) => {
    reply.type(jsonType).header('odata-version', '4.0')
    return payload
  })
  const principals = readServicePrincipals(directory, authority.tenantId)
  const users = readUsers(directory)
  addSignIns(app, { ...options, tenantId: authority.tenantId }, (request) => callers.get(request) ?? '')
  addServicePrincipals(app, principals)
  addDirectoryObjects(app, { principals, users })
  addUsers(app, users, { root, metadata, userOf: (request) => delegators.get(request) })
  addGroups(app)
  return endpointOf(app)
}

function addServicePrincipals(app: FastifyInstance, principals: ServicePrincipals): void {
  app.get<{ Querystring: ListQuery }>(`${root}/servicePrincipals`, async (request) => {
    refuseOptions(request.query)
    const select = selector(request.query, servicePrincipalEntity)
    return listAnswer(request, await principals.list(), servicePrincipalEntity, {
      context: `${metadata}#servicePrincipals`,
      select,
    })
  })
  const show = (query: ListQuery, id: string, found: EntityView | undefined) => {
    const select = selector(query, servicePrincipalEntity)
    if (!found) throw notFound(id)
    return { '@odata.context': `${metadata}#servicePrincipals${selected(query)}/$entity`, ...select(found) }
  }
  app.get<{ Params: { id: string }; Querystring: ListQuery }>(
    `${root}/servicePrincipals/:id`,
    async ({ params: { id }, query }) => show(query, id, await principals.find(id)),
  )
  // The alternate key, `servicePrincipals(appId='…')`, is a segment of its own.
  app.get<{ Params: { segment: string }; Querystring: ListQuery }>(`${root}/:segment`, async (request) => {
    const { segment } = request.params
    const [, appId] = /^servicePrincipals\(appId='([^']*)'\)$/i.exec(segment) ?? []
    if (appId === undefined) throw unknownSegment(segment)
    return show(request.query, appId, await principals.findByClientId(appId))
  })
}

function addDirectoryObjects(app: FastifyInstance, objects: DirectoryObjects): void {
  app.post(`${root}/directoryObjects/getByIds`, async (request) => ({
    '@odata.context': `${metadata}#directoryObjects`,
    value: await getByIds(request.body, objects),
  }))
  app.get<{ Params: { id: string } }>(`${root}/directoryObjects/:id`, async ({ params: { id } }) => {
    const found = await findDirectoryObject(id, objects)
    if (!found) throw notFound(id)
    return { '@odata.context': `${metadata}#directoryObjects/$entity`, ...found }
  })
  // Nothing is a member of anything: there are no groups.
  for (const [collection, type] of [
    ['directoryObjects'],
    ['servicePrincipals', 'serviceprincipal'],
    ['users', 'user'],
  ] as const) {
    app.post<{ Params: { id: string } }>(`${root}/${collection}/:id/getMemberGroups`, async ({ params: { id } }) => {
      if (!(await findDirectoryObject(id, objects, type && [type]))) throw notFound(id)
      return { '@odata.context': `${metadata}#Collection(Edm.String)`, value: [] }
    })
  }
}

/** The tenant has no groups, so clients that look for one find nothing, rather than an address that is wrong. */
function addGroups(app: FastifyInstance): void {
  app.get(`${root}/groups`, async () => ({ '@odata.context': `${metadata}#groups`, value: [] }))
  app.get<{ Params: { id: string } }>(`${root}/groups/:id`, async ({ params: { id } }) => {
    throw notFound(id)
  })
}

/** What there is to say where no route is: writing is for nobody, reading finds nothing. */
function nothingAt({ method, url }: FastifyRequest): Error {
  if (method !== 'GET' && method !== 'HEAD') return notPermitted()
  const segments = (url.split('?')[0] ?? '').split('/').filter(Boolean)
  return unknownSegment(segments.at(-1) ?? '')
}

function clientRequestIdOf({ headers, id }: FastifyRequest): string {
  const given = headers['client-request-id']
  return typeof given === 'string' && /^[\w-]{1,64}$/.test(given) ? given : id
}
