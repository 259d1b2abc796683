import type { IncomingMessage } from 'node:http'
import type { MachineFacts } from '../machines/machine.ts'
import type { Origin } from '../http/endpoint.ts'
import { splitTarget } from './answerer.ts'
import { apiVersions, identitySince, instanceSince, isSupportedVersion } from './api-versions.ts'
import { attest, attestedSince } from './attested-document.ts'
import { instanceDocument } from './instance-document.ts'
import { describeEvents, eventVersions, startEvents } from './scheduled-events.ts'
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
  noLoadBalancer,
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
  /** Its own versions, where they are not those of the service. */
  readonly versions?: ReadonlySet<string>
  /** GET alone when left out. */
  readonly methods?: readonly string[]
  /** Whether its errors have the OAuth shape. */
  readonly ofIdentity: boolean
  readonly answer: (
    sources: MetadataSources,
    query: Query,
    origin: Origin,
    path: string,
    request: IncomingMessage,
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

/** A route that tells of the machine itself. */
function ofMachine(
  since: string,
  answer: (facts: MachineFacts, call: RouteCall) => MetadataAnswer | Promise<MetadataAnswer>,
  more: Partial<Route> = {},
): Route {
  return {
    since,
    ofIdentity: false,
    ...more,
    answer: async (sources, query, origin, path, request) => {
      const facts = await factsOfOrigin(sources.machines, origin)
      return facts ? answer(facts, { sources, query, path, request }) : notFromMachine
    },
  }
}

interface RouteCall {
  readonly sources: MetadataSources
  readonly query: Query
  readonly path: string
  readonly request: IncomingMessage
}

const instanceRoute = ofMachine(instanceSince, async ({ resource }, { sources, query, path }) =>
  answerInstanceRequest(
    instanceDocument(resource, await sources.machines.network(resource)),
    path.slice('/metadata/instance'.length),
    query,
  ),
)

const loadBalancerRoute = ofMachine('2020-10-01', async ({ resource }, { sources, query, path }) => {
  const { loadBalancing } = await sources.machines.network(resource)
  if (!loadBalancing) return noLoadBalancer
  return answerInstanceRequest({ loadbalancer: { ...loadBalancing } }, path.slice('/metadata/loadbalancer'.length), query)
})

const attestedRoute = ofMachine(attestedSince, ({ resource }, { sources, query }) =>
  attest(resource, query, sources.clock(), sources.sign),
)

const eventsRoute = ofMachine(
  '2017-08-01',
  (facts, { sources, query, request }) =>
    request.method === 'POST'
      ? startEvents(request, facts, sources.events)
      : describeEvents(facts, sources.events.of(facts.resource.id), query.get('api-version') ?? ''),
  { versions: eventVersions, methods: ['GET', 'POST'] },
)

/**
 * `getplatformmetadata` is deliberately not here. Any answer but 404, even to a request without the header, tells MSAL for .NET
 * that there is a second version of the service, which issues certificates.
 */
function routeOf(path: string): Route | undefined {
  if (path === '/metadata/identity/oauth2/token') return tokenRoute
  if (path === '/metadata/instance' || path.startsWith('/metadata/instance/')) return instanceRoute
  if (path === '/metadata/attested/document') return attestedRoute
  if (path === '/metadata/scheduledevents') return eventsRoute
  if (path === '/metadata/loadbalancer' || path.startsWith('/metadata/loadbalancer/')) return loadBalancerRoute
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
  const { methods = ['GET'] } = route
  if (!methods.includes(request.method ?? '')) return methodNotAllowed(methods.join(', '))
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
    const isSupported = route.versions?.has(version ?? '') ?? isSupportedVersion(version, route.since)
    if (!isSupported) {
      if (!route.ofIdentity) return apiVersionRefused
      return tokenErrorAnswer(version ? apiVersionUnknown : apiVersionMissing)
    }
  }
  return route.answer(sources, query, origin, path, request)
}
