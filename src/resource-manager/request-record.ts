import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AccessControl } from '../access-control/access-control.ts'
import type { Caller } from '../access-control/authorized.ts'
import { originOf, type ErrorAnswer } from '../http/http-app.ts'
import type { LogRecorder } from '../logs/create-logs.ts'
import type { RefusedIdentity } from '../logs/refusal.ts'
import type { ResourceId } from '../resource-ids/resource-id.ts'
import { claimsOf } from './claims-of-request.ts'
import { describeRefusal, explainError, type RefusalExplanation } from './explain-refusal.ts'

/** What the resource manager tells the logs with. */
export interface RecordOptions {
  readonly recorder: LogRecorder
  readonly accessControl: AccessControl
  /** The identities that a machine has now. */
  readonly identitiesOf: (machineId: string) => Promise<readonly RefusedIdentity[]>
  /** Display name of a principal, or a user's name; undefined for one that is not there. */
  readonly nameOf: (objectId: string) => Promise<string | undefined>
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly newGuid: () => string
}

/** What comes to be known of a request while it is served. */
export interface RequestRecord {
  caller?: Caller
  action?: string | undefined
  scope?: ResourceId
  error?: { readonly code: string; readonly message: string }
  /** Whether what was accepted has failed since, which the client is told of when it asks. */
  hasFailedLater?: boolean
  explanation?: RefusalExplanation
}

const records = new WeakMap<FastifyRequest, RequestRecord>()
const writes: ReadonlySet<string> = new Set(['PUT', 'PATCH', 'POST', 'DELETE'])

/** The record of a request, begun when it is first asked for. */
export function recordOf(request: FastifyRequest): RequestRecord {
  const known = records.get(request)
  if (known) return known
  const made: RequestRecord = {}
  records.set(request, made)
  return made
}

/** Notes what a request was refused with. */
export function noteAnswer(request: FastifyRequest, answer: ErrorAnswer): ErrorAnswer {
  recordOf(request).error = (answer.body as { error: { code: string; message: string } }).error
  return answer
}

/**
 * Notes that what a request asked for was begun, and has failed.
 * @param explanation the cause, and what to do
 */
export function noteLaterFailure(
  request: FastifyRequest,
  error: { readonly code: string; readonly message: string },
  explanation: Pick<RefusalExplanation, 'cause' | 'remedy'>,
): void {
  const record = recordOf(request)
  record.error = error
  record.hasFailedLater = true
  record.explanation = {
    ...explanation,
    ...(record.caller && { caller: { objectId: record.caller.objectId, clientId: record.caller.clientId } }),
  }
}

/** Notes the facts by which a request fails, as they are at this moment; the error stays the caller's to throw. */
export async function noteFailure(request: FastifyRequest, error: unknown, options: RecordOptions): Promise<void> {
  const record = recordOf(request)
  record.explanation = await explainError(error, record, { ...options, request })
}

/**
 * Writes what has become of a request that is about to be answered: an event of the activity log for every write that reached
 * authorisation, and the refusal for everything that was refused. The one place where either is written.
 */
export function writeRecord(request: FastifyRequest, reply: FastifyReply, options: RecordOptions): void {
  const record = recordOf(request)
  const { caller, action, scope, error } = record
  const isRefused = reply.statusCode >= 400 || record.hasFailedLater === true
  const isWrite = writes.has(request.method) && caller !== undefined && action !== undefined && scope !== undefined
  if (!isRefused && !isWrite) return
  const { machineId } = originOf(request)
  const shared = {
    time: options.clock(),
    requestId: request.id,
    correlationId: String(reply.getHeader('x-ms-correlation-request-id') ?? request.id),
    method: request.method,
  }
  const path = request.url.split('?', 1)[0] ?? '/'
  if (isWrite) {
    const claims = claimsOf(request)
    const clientRequestId = request.headers['x-ms-client-request-id']
    options.recorder.activity({
      ...shared,
      id: options.newGuid(),
      caller: { objectId: caller.objectId, clientId: caller.clientId, userPrincipalName: claims['upn'] },
      claims,
      action,
      scope: scope.text,
      status: isRefused ? 'Failed' : 'Succeeded',
      httpStatus: reply.statusCode,
      errorCode: error?.code,
      message: error?.message,
      clientRequestId: typeof clientRequestId === 'string' ? clientRequestId : undefined,
      clientIpAddress: request.ip,
      uri: `${originOf(request).baseUrl}${path}`,
      machineId,
    })
  }
  if (isRefused) options.recorder.refusal(describeRefusal(record, { ...shared, path, status: reply.statusCode }))
}
