import type { IncomingMessage } from 'node:http'
import type { NewGuid, Origin } from '../http/endpoint.ts'
import type { LogRecorder } from '../logs/create-logs.ts'
import type { RefusedIdentity } from '../logs/refusal.ts'
import type { SignInFacts, SignInPrincipal } from '../logs/sign-in.ts'
import type { MachineFacts, MachineIdentity } from '../machines/machine.ts'
import { splitTarget, type Answerer } from './answerer.ts'
import { explainRefusal, type RefusedRequest } from './explain-refusal.ts'
import { factsOfOrigin, type DemandedToken } from './grant-token.ts'
import type { MetadataAnswer } from './metadata-answer.ts'
import type { BoundAnswerer } from './remember-answers.ts'
import type { MetadataSources } from './token-request.ts'

export interface RecordOptions {
  readonly recorder: LogRecorder
  readonly newGuid: NewGuid
}

/**
 * An answerer whose answers are written down: each token that it gave as a sign-in, each refusal with the facts by which it was
 * made, under an id that the answer carries. The one place where either is written, for every host.
 */
export function answerRecorded(answer: Answerer, options: RecordOptions & MetadataSources): BoundAnswerer {
  return async (request, origin) => {
    let demanded: DemandedToken | undefined
    const onDemand = (one: DemandedToken) => {
      demanded = one
    }
    const given = await answer({ ...options, onDemand }, request, origin)
    if (given.status >= 400) return refused(given, request, origin, demanded, options)
    if (demanded === undefined || typeof demanded.outcome === 'string') return given
    return { ...given, tally: options.recorder.signIn(signInOf(demanded, request, options.newGuid(), options.clock())) }
  }
}

async function refused(
  given: MetadataAnswer,
  request: IncomingMessage,
  origin: Origin,
  demanded: DemandedToken | undefined,
  options: RecordOptions & MetadataSources,
): Promise<MetadataAnswer> {
  const requestId = options.newGuid()
  const { path, query } = splitTarget(request)
  // What could not be read has failed the request already, and is logged.
  const facts = demanded?.facts ?? (await factsOfOrigin(options.machines, origin).catch(() => undefined))
  const { recorder, clock } = options
  const of: RefusedRequest = { given, path, query, headers: request.headers, demanded, facts, machineId: origin.machineId }
  const explained = explainRefusal(of)
  const time = clock()
  const machineId = facts?.resource.id ?? origin.machineId
  recorder.refusal({
    ...explained,
    requestId,
    correlationId: requestId,
    time,
    endpoint: 'metadata',
    method: request.method ?? 'GET',
    path,
    status: given.status,
    machine: machineId === undefined ? undefined : { id: machineId, identities: (facts?.identities ?? []).map(describeIdentity) },
    scope: machineId ?? '/',
  })
  // A challenge is the first half of how Azure Arc gives a token, not a refusal of one.
  if (isTokenPath(path) && given.headers?.['WWW-Authenticate'] === undefined) {
    recorder.signIn({
      ...sharedFacts(request, requestId, time),
      principal: undefined,
      clientId: demanded?.demand.selector?.by === 'clientId' ? demanded.demand.selector.value : undefined,
      machineId,
      resource: demanded?.demand.resource ?? explained.resource,
      failure: { errorCode: errorCodeOf(explained.message), reason: explained.message },
      payload: undefined,
    })
  }
  return { ...given, headers: { ...given.headers, 'x-ms-request-id': requestId } }
}

function signInOf(
  { demand, facts, outcome }: DemandedToken,
  request: IncomingMessage,
  requestId: string,
  time: number,
): SignInFacts {
  const grant = typeof outcome === 'string' ? undefined : outcome
  return {
    ...sharedFacts(request, requestId, time),
    principal: grant && describePrincipal(grant.identity),
    clientId: grant?.identity.principal.clientId,
    machineId: facts?.resource.id,
    resource: demand.resource,
    failure: undefined,
    payload: grant?.token.accessToken.split('.', 2)[1],
  }
}

function sharedFacts({ socket, headers }: IncomingMessage, requestId: string, time: number) {
  return {
    time,
    requestId,
    correlationId: requestId,
    method: 'managedIdentity',
    isInteractive: false,
    ipAddress: socket.remoteAddress,
    userAgent: headers['user-agent'],
  }
}

function describePrincipal({ principal }: MachineIdentity): SignInPrincipal {
  const { objectId, clientId, displayName, kind, managedBy } = principal
  return { objectId, clientId, displayName, kind, managedBy, userPrincipalName: undefined }
}

/** An identity as a refusal tells of it. */
export function describeIdentity({ principal, userAssignedId }: MachineFacts['identities'][number]): RefusedIdentity {
  const { objectId, clientId, kind } = principal
  return { kind, objectId, clientId, ...(userAssignedId !== undefined && { resourceId: userAssignedId }) }
}

function isTokenPath(path: string): boolean {
  return /\/token$/i.test(path)
}

/** What Entra would call it: its own code where the words have one, else that of a request that is not in order. */
function errorCodeOf(message: string): number {
  return Number(/AADSTS(\d+)/.exec(message)?.[1] ?? 900_144)
}
