import type { ErrorAnswer } from '../http/http-app.ts'
import { EntraError, malformedRequest, missingParameter, transientFault } from './entra-error.ts'

export interface ErrorIds {
  /** Ours. */
  readonly traceId: string
  /** The client's, when it gave one. */
  readonly correlationId: string
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** No answer of the authority that tells of one request may be kept. */
export const neverCached = { 'cache-control': 'no-store, no-cache', pragma: 'no-cache', expires: '-1' } as const

/** The authority's error body (wire.md E.3). An unknown error shows nothing of itself. */
export function toErrorAnswer(error: Error, ids: ErrorIds): ErrorAnswer {
  const known = error instanceof EntraError ? error : fromFramework(error)
  return { status: known.status, headers: neverCached, body: describeError(known, ids) }
}

/** What a client is told of an error, in a body or by a redirect. */
export function describeError({ error, code, message }: EntraError, { traceId, correlationId, now }: ErrorIds) {
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`
  return {
    error,
    error_description: `AADSTS${code}: ${message} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `https://login.microsoftonline.com/error?code=${code}`,
  }
}

function fromFramework(error: Error & { statusCode?: number }): EntraError {
  const status = error.statusCode ?? 500
  // A body that is no form has no parameter, so the first one is missing.
  if (status === 415) return missingParameter('grant_type')
  if (status >= 400 && status < 500) return malformedRequest(status)
  return transientFault()
}
