/** An error of the authority, by its AADSTS code (wire.md E.3). The message is what follows `AADSTSnnn: `, without the ids. */
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

export const malformedRequest = (status = 400) =>
  new EntraError(status, 'invalid_request', 9002313, 'Invalid request. Request is malformed or invalid.')

export const methodNotAllowed = (method: string) =>
  new EntraError(
    400,
    'invalid_request',
    900561,
    `The endpoint only accepts POST, OPTIONS requests. Received a ${method} request.`,
  )

export const missingCredential = () =>
  new EntraError(
    401,
    'invalid_client',
    7000218,
    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  )

/** @param error `invalid_tenant` from the discovery documents, `invalid_request` from the token path */
export const unknownTenant = (tenant: string, error: 'invalid_tenant' | 'invalid_request') =>
  new EntraError(
    400,
    error,
    90002,
    `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  )

export const malformedTenant = (tenant: string) =>
  new EntraError(
    400,
    'invalid_request',
    900023,
    `Specified tenant identifier '${tenant}' is neither a valid DNS name, nor a valid external domain.`,
  )

/** An application has no home under `common`, `organizations` or `consumers`: these are for users. */
export const noTenant = () =>
  new EntraError(
    400,
    'invalid_request',
    50059,
    'No tenant-identifying information found in either the request or implied by any provided credentials.',
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
  new EntraError(
    401,
    'invalid_client',
    7000222,
    `The provided client secret keys for app '${clientId}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`,
  )

export const malformedAssertion = () => new EntraError(401, 'invalid_client', 50027, 'JWT token is invalid or malformed.')

/** @param thumbprint of the certificate that signed, in hexadecimal, as the assertion's header tells it */
export const unknownCertificate = (thumbprint: string) =>
  new EntraError(
    401,
    'invalid_client',
    700027,
    `Client assertion contains an invalid signature. [Reason - The key was not found., Thumbprint of key used by client: '${thumbprint}'].`,
  )

/** @param reason what was wrong with it, in Entra's brackets */
export const invalidAssertionSignature = (reason: string) =>
  new EntraError(401, 'invalid_client', 700027, `Client assertion failed signature validation. [Reason - ${reason}].`)

const certificateDocument =
  'Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .'

/** @param now milliseconds since the epoch */
export const assertionOutOfTime = ({ nbf, exp }: { readonly nbf?: number; readonly exp?: number }, now: number) => {
  const time = (seconds: number | undefined) => (seconds === undefined ? 'none' : new Date(seconds * 1000).toISOString())
  return new EntraError(
    401,
    'invalid_client',
    700024,
    `Client assertion is not within its valid time range. Current time: ${new Date(now).toISOString()}, assertion valid from ${time(nbf)}, expiry time of assertion ${time(exp)}. ${certificateDocument}`,
  )
}

export const wrongAssertionAudience = () =>
  new EntraError(
    401,
    'invalid_client',
    700023,
    `Client assertion audience claim does not match Realm issuer. ${certificateDocument}`,
  )

export const assertionForAnother = () =>
  new EntraError(
    401,
    'invalid_client',
    700021,
    `Client assertion application identifier doesn't match 'client_id' parameter. ${certificateDocument}`,
  )

/** @param reason a sentence */
export const issuerUnreachable = (reason: string) =>
  new EntraError(401, 'invalid_client', 50166, `Request to External OIDC endpoint failed. ${reason}`)

const federationCodes = { issuer: 700211, audience: 700212, subject: 700213 } as const

/** @param missing what no federated credential has of what was presented */
export const noFederation = (
  missing: keyof typeof federationCodes,
  presented: { readonly issuer: string; readonly subject: string; readonly audiences: readonly string[] },
) => {
  const value = missing === 'audience' ? presented.audiences.join(', ') : presented[missing]
  return new EntraError(
    401,
    'invalid_client',
    federationCodes[missing],
    `No matching federated identity record found for presented assertion ${missing} '${value}'. Please check your federated identity credential Subject, Audience and Issuer against the presented assertion. https://learn.microsoft.com/entra/workload-id/workload-identity-federation`,
  )
}

export const unknownResource = (resource: string, tenantId: string) =>
  new EntraError(
    400,
    'invalid_resource',
    500011,
    `The resource principal named ${resource} was not found in the tenant named ${tenantId}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
  )

export const scopeWithoutDefault = (scope: string) =>
  new EntraError(
    400,
    'invalid_scope',
    1002012,
    `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
  )

/** @param detail what Entra adds when it is the form of the scope that is wrong */
export const invalidScope = (scope: string, detail = '') =>
  new EntraError(
    400,
    'invalid_scope',
    70011,
    `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.${detail}`,
  )

export const unsupportedGrant = (grant: string) =>
  new EntraError(400, 'unsupported_grant_type', 70003, `The app requested an unsupported grant type '${grant}'.`)

export const unknownInstance = () => new EntraError(400, 'invalid_instance', 50049, 'Unknown or invalid instance.')

export const transientFault = () =>
  new EntraError(500, 'server_error', 90033, 'A transient error has occurred. Please try again.')
