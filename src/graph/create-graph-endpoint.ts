import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify'
import type { Endpoint } from '../http/endpoint.ts'
import { createHttpApp, endpointOf, originOf, type ErrorAnswer } from '../http/http-app.ts'
import type { LogRecorder } from '../logs/create-logs.ts'
import type { TokenAuthority } from '../tokens/token-authority.ts'
import { authenticate } from './authenticate.ts'
import { compileFilter } from './filter.ts'
import { getByIds } from './get-by-ids.ts'
import { badRequest, notFound, notPermitted, toErrorAnswer, unknownSegment, unsupportedQuery } from './graph-error.ts'
import { option, pageOf, selector, type ListQuery } from './page.ts'
import { readServicePrincipals, type GraphDirectory, type ServicePrincipals } from './read-service-principals.ts'
import { recordRefusal } from './record-refusal.ts'
import { addSignIns, type SignInSources } from './sign-ins.ts'
import { propertyNames, servicePrincipalType, type ServicePrincipalView } from './service-principal-view.ts'

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

/** The part of Microsoft Graph that role assignment and diagnosis need: service principals, sign-in logs, and the users and groups that there are none of. */
export async function createGraphEndpoint(options: GraphOptions): Promise<Endpoint> {
  const { authority, directory, logger, clock, newGuid, recorder } = options
  const callers = new WeakMap<object, string>()
  const refusals = new WeakMap<FastifyRequest, ErrorAnswer>()
  const errorAnswer = (error: Error, request: FastifyRequest) => {
    const answer = toErrorAnswer(error, { requestId: request.id, clientRequestId: clientRequestIdOf(request), now: clock() })
    refusals.set(request, answer)
    return answer
  }
  const app = createHttpApp({
    logger,
    newGuid,
    bodyLimit: 256 * 1024,
    toErrorAnswer: errorAnswer,
    onNotFound: (request) => errorAnswer(nothingAt(request), request),
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'request-id': request.id, 'client-request-id': clientRequestIdOf(request), 'cache-control': 'no-cache' })
    callers.set(request, (await authenticate(request.headers.authorization, { authority, directory })).objectId)
  })
  app.addHook('onSend', async (request, reply) => {
    const answer = refusals.get(request)
    if (answer) recordRefusal(request, reply, answer, { recorder, now: clock(), callerId: callers.get(request) })
  })
  app.addHook('preSerialization', async (_request, reply, payload: unknown) => {
    reply.type(jsonType).header('odata-version', '4.0')
    return payload
  })
  const principals = readServicePrincipals(directory, authority.tenantId)
  addSignIns(app, { ...options, tenantId: authority.tenantId }, (request) => callers.get(request) ?? '')
  addServicePrincipals(app, principals)
  addDirectoryObjects(app, principals)
  addUsersAndGroups(app)
  return endpointOf(app)
}

function addServicePrincipals(app: FastifyInstance, principals: ServicePrincipals): void {
  app.get<{ Querystring: ListQuery }>(`${root}/servicePrincipals`, async (request) => {
    const { query } = request
    refuseOptions(query)
    const select = selector(query, propertyNames)
    const filter = option(query, '$filter')
    const matches = filter === undefined ? () => true : compileFilter(filter, propertyNames)
    const found = (await principals.list()).filter((view) => matches(view))
    const { items, nextQuery } = pageOf(found, query)
    return {
      '@odata.context': `${metadata}#servicePrincipals${selected(query)}`,
      ...(option(query, '$count') === 'true' && { '@odata.count': found.length }),
      ...(nextQuery !== undefined && {
        '@odata.nextLink': `${originOf(request).baseUrl}${root}/servicePrincipals?${nextQuery}`,
      }),
      value: items.map((view) => select(view)),
    }
  })
  const show = (query: ListQuery, id: string, found: ServicePrincipalView | undefined) => {
    const select = selector(query, propertyNames)
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

function addDirectoryObjects(app: FastifyInstance, principals: ServicePrincipals): void {
  app.post(`${root}/directoryObjects/getByIds`, async (request) => ({
    '@odata.context': `${metadata}#directoryObjects`,
    value: await getByIds(request.body, principals),
  }))
  app.get<{ Params: { id: string } }>(`${root}/directoryObjects/:id`, async ({ params: { id } }) => {
    const found = await principals.find(id)
    if (!found) throw notFound(id)
    return { '@odata.context': `${metadata}#directoryObjects/$entity`, '@odata.type': servicePrincipalType, ...found }
  })
  // Nothing is a member of anything: there are no groups.
  for (const collection of ['directoryObjects', 'servicePrincipals']) {
    app.post<{ Params: { id: string } }>(`${root}/${collection}/:id/getMemberGroups`, async ({ params: { id } }) => {
      if (!(await principals.find(id))) throw notFound(id)
      return { '@odata.context': `${metadata}#Collection(Edm.String)`, value: [] }
    })
  }
}

/** The tenant has neither users nor groups, so clients that look for one find nothing, rather than an address that is wrong. */
function addUsersAndGroups(app: FastifyInstance): void {
  for (const collection of ['users', 'groups']) {
    app.get(`${root}/${collection}`, async () => ({ '@odata.context': `${metadata}#${collection}`, value: [] }))
    app.get<{ Params: { id: string } }>(`${root}/${collection}/:id`, async ({ params: { id } }) => {
      throw notFound(id)
    })
  }
  for (const path of ['me', 'me/*']) {
    app.get(`${root}/${path}`, async () => {
      throw badRequest('/me request is only valid with delegated authentication flow.')
    })
  }
}

/** @throws GraphError for a query option that would change the answer and is not understood here */
function refuseOptions(query: ListQuery): void {
  const order = option(query, '$orderby')
  if (order !== undefined && !/^displayName( asc)?$/i.test(order))
    throw unsupportedQuery('Sorting not supported for current query.')
  for (const name of ['$search', '$expand', '$skip', '$apply']) {
    if (option(query, name) !== undefined) throw unsupportedQuery(`Query option '${name}' is not supported.`)
  }
}

/** As the context of an answer tells that properties were selected. */
function selected(query: ListQuery): string {
  const select = option(query, '$select')
  return select === undefined ? '' : `(${select.replaceAll(/\s/g, '')})`
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
