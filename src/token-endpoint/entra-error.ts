import type { ErrorAnswer } from '../http/http-app.ts'

/** An error of the authority, by its AADSTS code (wire.md E.3). */
export class EntraError extends Error {
  override name = 'EntraError'
  readonly status: number
  readonly error: string
  readonly code: number
  constructor(status: number, error: string, code: number, description: string) {
    super(description)
    this.status = status
    this.error = error
    this.code = code
  }
}

export const missingParameter = (name: string) =>
  new EntraError(400, 'invalid_request', 900144, `The request body must contain the following parameter: '${name}'.`)

export const missingCredential = () =>
  new EntraError(
    401,
    'invalid_client',
    7000218,
    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  )

export const unknownTenant = (tenant: string) =>
  new EntraError(
    400,
    'invalid_request',
    90002,
    `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  )

export const unknownApplication = (clientId: string, tenantId: string) =>
  new EntraError(
    400,
    'unauthorized_client',
    700016,
    `Application with identifier '${clientId}' was not found in the directory '${tenantId}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
  )

export const wrongSecret = (clientId: string) =>
  new EntraError(
    401,
    'invalid_client',
    7000215,
    `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`,
  )

export const expiredSecret = (clientId: string) =>
  new EntraError(401, 'invalid_client', 7000222, `The provided client secret keys for app '${clientId}' are expired.`)

export const unknownResource = (resource: string, tenantId: string) =>
  new EntraError(
    400,
    'invalid_resource',
    500011,
    `The resource principal named ${resource} was not found in the tenant named ${tenantId}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
  )

export const invalidScope = (scope: string) =>
  new EntraError(
    400,
    'invalid_scope',
    1002012,
    `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
  )

export const unsupportedGrant = (grant: string) =>
  new EntraError(
    400,
    'unsupported_grant_type',
    70003,
    `The app requested an unsupported grant type '${grant}'. Use client_credentials.`,
  )

export const unknownInstance = () => new EntraError(400, 'invalid_instance', 50049, 'Unknown or invalid instance.')

/**
 * The authority's error body. An unknown error shows nothing of itself.
 * @param now milliseconds since the epoch
 */
export function toErrorAnswer(error: Error, { traceId, now }: { traceId: string; now: number }): ErrorAnswer {
  const known = error instanceof EntraError ? error : fromFramework(error)
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`
  return {
    status: known.status,
    headers: { 'cache-control': 'no-store, no-cache', pragma: 'no-cache' },
    body: {
      error: known.error,
      error_description: `AADSTS${known.code}: ${known.message} Trace ID: ${traceId} Correlation ID: ${traceId} Timestamp: ${timestamp}`,
      error_codes: [known.code],
      timestamp,
      trace_id: traceId,
      correlation_id: traceId,
      error_uri: `https://login.microsoftonline.com/error?code=${known.code}`,
    },
  }
}

function fromFramework(error: Error & { statusCode?: number }): EntraError {
  const status = error.statusCode ?? 500
  if (status >= 400 && status < 500) {
    return new EntraError(400, 'invalid_request', 900144, "The request body must be a form with the parameter 'grant_type'.")
  }
  return new EntraError(500, 'server_error', 90033, 'A transient error has occurred. Please try again.')
}
