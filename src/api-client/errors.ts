import { armError } from '../contracts/arm-error.ts'
import { tokenError } from '../contracts/token-response.ts'

/** Resource Manager or Graph answered with an error. The message is the one that `az` prints: `(Code) message`. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly status: number
  readonly statusText: string
  readonly code: string
  readonly reason: string
  readonly body: string
  /** What the service calls the request, where it said so: what `lanyard why` takes. */
  readonly requestId: string | undefined
  constructor(status: number, statusText: string, body: string, requestId?: string) {
    const envelope = armError.safeParse(parseJson(body))
    const code = envelope.success ? envelope.data.error.code : statusText || String(status)
    const reason = envelope.success ? envelope.data.error.message : body || `The service answered ${status}.`
    super(`(${code}) ${reason}`)
    this.status = status
    this.statusText = statusText
    this.code = code
    this.reason = reason
    this.body = body
    this.requestId = requestId
  }
}

/** A token source refused. The message is the source's `error_description`. */
export class TokenRefusedError extends Error {
  override name = 'TokenRefusedError'
  readonly status: number
  readonly error: string
  constructor(status: number, body: string) {
    const refusal = tokenError.safeParse(parseJson(body))
    super(
      refusal.success
        ? (refusal.data.error_description ?? refusal.data.error)
        : `The token source answered ${status}: ${body.slice(0, 500)}`,
    )
    this.status = status
    this.error = refusal.success ? refusal.data.error : String(status)
  }
}

/** A service could not be reached, or did not answer in time. */
export class ConnectionError extends Error {
  override name = 'ConnectionError'
  readonly url: string
  constructor(url: string, cause: unknown) {
    super(`${new URL(url).origin} cannot be reached: ${reasonOf(cause)}`, { cause })
    this.url = url
  }
}

/** Something answered, but not what the protocol says. */
export class UnexpectedAnswerError extends Error {
  override name = 'UnexpectedAnswerError'
}

/** The innermost reason of a failed fetch, for instance `connect ECONNREFUSED 127.0.0.1:1`. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'no answer in time'
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0])
  return error.cause === undefined ? error.message : reasonOf(error.cause)
}

/** The JSON value, or undefined for text that is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
