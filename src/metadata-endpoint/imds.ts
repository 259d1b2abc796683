import type { IncomingMessage } from 'node:http'
import type { Origin } from '../http/endpoint.ts'
import { splitTarget } from './answerer.ts'
import { apiVersions, identitySince, instanceSince, isSupportedVersion } from './api-versions.ts'
import { factsOfOrigin } from './grant-token.ts'
import { answerInstanceRequest } from './instance-route.ts'
import { jsonAnswer, type MetadataAnswer } from './metadata-answer.ts'
import {
  apiVersionMissing,
  apiVersionRefused,
  apiVersionUnknown,
  badRequest,
  headerMissing,
  identityHeaderMissing,
  methodNotAllowed,
  notFound,
  notFromMachine,
  tokenErrorAnswer,
  unreadableQuery,
} from './metadata-errors.ts'
import { InvalidQueryError, parseQuery, type Query } from './query.ts'
import { answerTokenRequest, type MetadataSources } from './token-request.ts'

interface Route {
  /** First api-version that has it; undefined for the one path that is not versioned. */
  readonly since: string | undefined
  /** Whether its errors have the OAuth shape. */
  readonly ofIdentity: boolean
  readonly answer: (
    sources: MetadataSources,
    query: Query,
    origin: Origin,
    path: string,
  ) => MetadataAnswer | Promise<MetadataAnswer>
}

const tokenRoute: Route = {
  since: identitySince,
  ofIdentity: true,
  answer: (sources, query, origin) => answerTokenRequest(sources, query, origin),
}

const infoRoute: Route = {
  since: identitySince,
  ofIdentity: true,
  answer: ({ authority }) => jsonAnswer({ tenantId: authority.tenantId }),
}

const versionsRoute: Route = { since: undefined, ofIdentity: false, answer: () => jsonAnswer({ apiVersions }) }

const instanceRoute: Route = {
  since: instanceSince,
  ofIdentity: false,
  answer: async ({ machines }, query, origin, path) => {
    const facts = await factsOfOrigin(machines, origin)
    return facts ? answerInstanceRequest(facts.resource, path.slice('/metadata/instance'.length), query) : notFromMachine
  },
}

/**
 * `getplatformmetadata` is deliberately not here. Any answer but 404, even to a request without the header, tells MSAL for .NET
 * that there is a second version of the service, which issues certificates.
 */
function routeOf(path: string): Route | undefined {
  if (path === '/metadata/identity/oauth2/token') return tokenRoute
  if (path === '/metadata/instance' || path.startsWith('/metadata/instance/')) return instanceRoute
  if (path === '/metadata/versions') return versionsRoute
  if (path === '/metadata/identity/info') return infoRoute
  return undefined
}

/**
 * Whether a request may be answered: it says `Metadata: true`, which no browser and no careless redirect does, and did not come
 * through a proxy that speaks for others.
 */
export function isDirectMetadataRequest({ headers }: IncomingMessage): boolean {
  const header = headers['metadata']
  return typeof header === 'string' && header.toLowerCase() === 'true' && headers['x-forwarded-for'] === undefined
}

/** The instance metadata service of a virtual machine: everything under `/metadata` (wire.md D.1 to D.5). */
export async function answerImds(sources: MetadataSources, request: IncomingMessage, origin: Origin): Promise<MetadataAnswer> {
  const { path, query: text } = splitTarget(request)
  const route = routeOf(path.toLowerCase())
  if (!route) return notFound
  if (request.method !== 'GET') return methodNotAllowed('GET')
  if (!isDirectMetadataRequest(request)) return route.ofIdentity ? identityHeaderMissing : headerMissing
  let query: Query
  try {
    query = parseQuery(text)
  } catch (error) {
    if (!(error instanceof InvalidQueryError)) throw error
    return route.ofIdentity ? tokenErrorAnswer(unreadableQuery(error.message)) : badRequest(error.message)
  }
  if (route.since !== undefined) {
    const version = query.get('api-version')
    if (!isSupportedVersion(version, route.since)) {
      if (!route.ofIdentity) return apiVersionRefused
      return tokenErrorAnswer(version ? apiVersionUnknown : apiVersionMissing)
    }
  }
  return route.answer(sources, query, origin, path)
}
