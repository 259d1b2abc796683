import type { ErrorAnswer } from '../http/http-app.ts'

/** An error of Microsoft Graph: its HTTP status, its code, and the message that clients show. */
export class GraphError extends Error {
  override name = 'GraphError'
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

export const invalidToken = (message: string) => new GraphError(401, 'InvalidAuthenticationToken', message)

/** The token is good and its application is not there: its managed identity was switched off, say. */
export const unknownCaller = () =>
  new GraphError(401, 'Authorization_IdentityNotFound', 'The identity of the calling application could not be established.')

/** What Graph says to an application without the permission, which for writing nobody has here. */
export const notPermitted = () =>
  new GraphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')

export const notFound = (id: string) =>
  new GraphError(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  )

export const unknownSegment = (segment: string) =>
  new GraphError(400, 'BadRequest', `Resource not found for the segment '${segment}'.`)

export const invalidIdentifier = (id: string) => new GraphError(400, 'Request_BadRequest', `Invalid object identifier '${id}'.`)

export const badRequest = (message: string) => new GraphError(400, 'BadRequest', message)

export const unsupportedQuery = (message: string) => new GraphError(400, 'Request_UnsupportedQuery', message)

export const expiredPage = () =>
  new GraphError(
    400,
    'Directory_ExpiredPageToken',
    'The specified page token value has expired and can no longer be included in your request.',
  )

export interface ErrorIds {
  readonly requestId: string
  readonly clientRequestId: string
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * The error body, `innerError` included. A 401 says where tokens come from. An unknown error shows nothing of itself.
 */
export function toErrorAnswer(error: Error, { requestId, clientRequestId, now }: ErrorIds): ErrorAnswer {
  const known = error instanceof GraphError ? error : fromFramework(error)
  const innerError = {
    date: new Date(now).toISOString().slice(0, 19),
    'request-id': requestId,
    'client-request-id': clientRequestId,
  }
  return {
    status: known.status,
    headers: known.status === 401 ? { 'www-authenticate': challenge } : {},
    body: { error: { code: known.code, message: known.message, innerError } },
  }
}

const challenge =
  'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"'

function fromFramework(error: Error & { statusCode?: number }): GraphError {
  const status = error.statusCode ?? 500
  if (status >= 400 && status < 500) return new GraphError(status, 'BadRequest', 'Unable to read JSON request payload.')
  return new GraphError(500, 'InternalServerError', 'An internal error has occurred.')
}
