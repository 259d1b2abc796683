import type { IncomingMessage } from 'node:http'
import { GraphError, toErrorAnswer as toGraphAnswer } from '../graph/graph-error.ts'
import { failureOf } from '../metadata-endpoint/failure.ts'
import { ArmError, toErrorAnswer as toArmAnswer } from '../resource-manager/arm-error.ts'
import { EntraError } from '../token-endpoint/entra-error.ts'
import { toErrorAnswer as toEntraAnswer } from '../token-endpoint/error-answer.ts'
import type { SeenRequest } from './watched-endpoint.ts'

interface Failure {
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  /** What `lanyard why` takes. */
  readonly requestId: string
}

interface FailureOptions {
  readonly status: number
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly newGuid: () => string
}

type Words = readonly [code: string, message: string]

const unknownFailure: Words = ['InternalServerError', 'The server encountered an unexpected error.']

const armWords: Readonly<Record<number, Words>> = {
  404: ['NotFound', 'The resource was not found.'],
  410: ['Gone', 'The resource is no longer there.'],
  429: [
    'SubscriptionRequestsThrottled',
    'The number of requests for this subscription has been exceeded. Please try again later.',
  ],
  500: unknownFailure,
  503: ['ServiceUnavailable', 'The service is not available at the moment. Please try again later.'],
}

const graphWords: Readonly<Record<number, Words>> = {
  404: ['Request_ResourceNotFound', 'The resource was not found.'],
  410: ['Gone', 'The resource is no longer there.'],
  429: ['TooManyRequests', 'Too many requests.'],
  500: unknownFailure,
  503: ['ServiceUnavailable', 'The service is not available at the moment.'],
}

const notThere = 'There is nothing at this address.'
const entraWords: Readonly<Record<number, readonly [error: string, code: number, message: string]>> = {
  404: ['invalid_request', 90002, notThere],
  410: ['invalid_request', 90002, notThere],
  429: ['temporarily_unavailable', 90055, 'There are too many incoming requests.'],
  500: ['server_error', 90033, 'A transient error has occurred. Please try again.'],
  503: ['temporarily_unavailable', 90033, 'A transient error has occurred. Please try again.'],
}

/** The answer by which an endpoint fails, in the shape of its protocol. */
export function failureAnswer(
  { endpoint, path, query }: SeenRequest,
  { headers }: IncomingMessage,
  { status, now, newGuid }: FailureOptions,
): Failure {
  const requestId = newGuid()
  if (endpoint === 'metadata') {
    const failure = failureOf(path, query['api-version'], status)
    return { requestId, body: failure.body, headers: { ...failure.headers, 'x-ms-request-id': requestId } }
  }
  const asked = headers['client-request-id'] ?? headers['x-ms-client-request-id']
  const clientRequestId = typeof asked === 'string' && asked !== '' ? asked : newGuid()
  if (endpoint === 'resource-manager') {
    const [code, message] = armWords[status] ?? unknownFailure
    const answer = toArmAnswer(new ArmError(status, code, message))
    return {
      requestId,
      body: JSON.stringify(answer.body),
      headers: { 'x-ms-request-id': requestId, 'x-ms-correlation-request-id': requestId },
    }
  }
  if (endpoint === 'graph') {
    const [code, message] = graphWords[status] ?? unknownFailure
    const answer = toGraphAnswer(new GraphError(status, code, message), { requestId, clientRequestId, now })
    return {
      requestId,
      body: JSON.stringify(answer.body),
      headers: { 'request-id': requestId, 'client-request-id': clientRequestId },
    }
  }
  const [error, code, message] = entraWords[status] ?? (['server_error', 90033, unknownFailure[1]] as const)
  const ids = { traceId: requestId, correlationId: clientRequestId, now }
  const answer = toEntraAnswer(new EntraError(status, error, code, message), ids)
  return { requestId, body: JSON.stringify(answer.body), headers: { ...answer.headers, 'x-ms-request-id': requestId } }
}
