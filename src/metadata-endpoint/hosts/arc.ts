import { splitTarget, type Answerer } from '../answerer.ts'
import { isDirectMetadataRequest } from '../imds.ts'
import {
  apiVersionMissing,
  apiVersionUnknown,
  identityHeaderMissing,
  methodNotAllowed,
  notFound,
  tokenErrorAnswer,
  unreadableQuery,
} from '../metadata-errors.ts'
import { InvalidQueryError, parseQuery, type Query } from '../query.ts'
import type { SelectorNames } from '../select-identity.ts'
import { answerTokenRequest } from '../token-request.ts'
import type { ArcKeys } from './arc-keys.ts'

/** Where the agent answers. */
export const arcPath = '/metadata/identity/oauth2/token'

/** Those that clients of the last years send (wire.md C.2). */
const apiVersions = new Set(['2019-08-15', '2019-11-01', '2020-06-01', '2021-02-01'])

/** The agent passes `mi_res_id` over, which would answer for another identity than the one asked for; here it is refused. */
const selectors: SelectorNames = new Map([
  ['client_id', 'clientId'],
  ['object_id', 'objectId'],
  ['msi_res_id', 'resourceId'],
])

/**
 * The agent of Azure Arc on a machine outside of Azure: a first request is answered with the name of a file, and the content of
 * that file, once, with a token (wire.md C.3).
 */
export function arcAnswerer(keys: ArcKeys): Answerer {
  return async (sources, request, origin) => {
    const { path, query: text } = splitTarget(request)
    if (path.toLowerCase() !== arcPath) return notFound
    if (request.method !== 'GET') return methodNotAllowed('GET')
    if (!isDirectMetadataRequest(request)) return identityHeaderMissing
    let query: Query
    try {
      query = parseQuery(text)
    } catch (error) {
      if (!(error instanceof InvalidQueryError)) throw error
      return tokenErrorAnswer(unreadableQuery(error.message))
    }
    const version = query.get('api-version')
    if (!version) return tokenErrorAnswer(apiVersionMissing)
    if (!apiVersions.has(version)) return tokenErrorAnswer(apiVersionUnknown)
    const [, key] = /^Basic +(.+)$/i.exec(request.headers.authorization ?? '') ?? []
    if (key === undefined || !(await keys.redeem(key.trim()))) {
      const answer = tokenErrorAnswer({ error: 'unauthorized_client', description: 'Missing Basic Authorization header' }, 401)
      // Clients split it at its only `=`.
      return { ...answer, headers: { 'WWW-Authenticate': `Basic realm=${await keys.challenge()}` } }
    }
    return answerTokenRequest(sources, query, origin, selectors)
  }
}
