import type { FastifyInstance } from 'fastify'
import { originOf } from '../http/http-app.ts'
import type { LogPlace } from '../logs/log-store.ts'
import type { Logs } from '../logs/create-logs.ts'
import type { SignIn } from '../logs/sign-in.ts'
import { expiredPage, notFound, unsupportedQuery } from './graph-error.ts'
import { option, pageSize, type ListQuery } from './page.ts'
import { compileSignInFilter } from './sign-in-filter.ts'
import { viewSignIn } from './sign-in-view.ts'

export interface SignInSources {
  readonly logs: Pick<Logs, 'listSignIns' | 'findSignIn'>
  /** Which sign-ins a principal may see: all, or its own and those of machines that it may read. */
  readonly visibleSignIns: (objectId: string) => Promise<(signIn: SignIn) => boolean>
  readonly tenantId: string
}

/**
 * The sign-in logs, in both versions of Graph. They hold every kind of sign-in, newest first.
 * @param callerOf object id of who sent a request
 */
export function addSignIns(app: FastifyInstance, sources: SignInSources, callerOf: (request: object) => string): void {
  const { logs, visibleSignIns, tenantId } = sources
  for (const version of ['v1.0', 'beta']) {
    const context = `https://graph.microsoft.com/${version}/$metadata#auditLogs/signIns`
    app.get<{ Querystring: ListQuery }>(`/${version}/auditLogs/signIns`, async (request) => {
      const { query } = request
      refuseOptions(query)
      const filter = option(query, '$filter')
      const { from, to, matches } = filter === undefined ? everything : compileSignInFilter(filter)
      const size = pageSize(option(query, '$top'))
      const isVisible = await visibleSignIns(callerOf(request))
      const found: SignIn[] = []
      for await (const signIn of await logs.listSignIns({ from, to, after: placeOf(option(query, '$skiptoken')) })) {
        if (!isVisible(signIn) || !matches(viewSignIn(signIn, tenantId))) continue
        found.push(signIn)
        if (found.length > size) break
      }
      const shown = found.slice(0, size)
      const last = shown.at(-1)
      const address = `${originOf(request).baseUrl}${request.url.split('?', 1)[0] ?? ''}`
      return {
        '@odata.context': context,
        ...(found.length > size && last && { '@odata.nextLink': `${address}?${nextQuery(query, last)}` }),
        value: shown.map((signIn) => viewSignIn(signIn, tenantId)),
      }
    })
    app.get<{ Params: { id: string } }>(`/${version}/auditLogs/signIns/:id`, async (request) => {
      const { id } = request.params
      const found = await logs.findSignIn(id)
      if (!found || !(await visibleSignIns(callerOf(request)))(found)) throw notFound(id.slice(0, 200))
      return { '@odata.context': `${context}/$entity`, ...viewSignIn(found, tenantId) }
    })
  }
}

const everything = { from: undefined, to: undefined, matches: () => true }

/** @throws GraphError for a query option that would change the answer and is not understood here */
function refuseOptions(query: ListQuery): void {
  const order = option(query, '$orderby')
  if (order !== undefined && !/^createdDateTime desc$/i.test(order.trim())) {
    throw unsupportedQuery('Sorting not supported for current query.')
  }
  for (const name of ['$search', '$expand', '$skip', '$apply', '$select', '$count']) {
    if (option(query, name) !== undefined) throw unsupportedQuery(`Query option '${name}' is not supported.`)
  }
}

function nextQuery(query: ListQuery, { time, id }: SignIn): string {
  const next = new URLSearchParams()
  for (const name of Object.keys(query)) {
    const value = option(query, name)
    if (value !== undefined && name !== '$skiptoken') next.set(name, value)
  }
  next.set('$skiptoken', Buffer.from(JSON.stringify([time, id])).toString('base64url'))
  return next.toString().replaceAll('%24', '$')
}

/** @throws GraphError for a token that is none */
function placeOf(token: string | undefined): LogPlace | undefined {
  if (token === undefined) return undefined
  try {
    const place: unknown = JSON.parse(Buffer.from(token, 'base64url').toString())
    if (Array.isArray(place) && typeof place[0] === 'number' && typeof place[1] === 'string')
      return { time: place[0], id: place[1] }
  } catch {
    // Falls through: no JSON is no token either.
  }
  throw expiredPage()
}
