import { EntraError } from './entra-error.ts'

// Errors of users' sign-ins (https://learn.microsoft.com/entra/identity-platform/reference-error-codes).

export const duplicateParameter = (name: string) =>
  new EntraError(400, 'invalid_request', 9000411, `The request is not properly formatted. The parameter '${name}' is duplicated.`)

export const noReplyAddress = () => new EntraError(400, 'invalid_request', 900971, 'No reply address provided.')

export const wrongRedirectUri = (uri: string, clientId: string) =>
  new EntraError(
    400,
    'invalid_request',
    50011,
    `The redirect URI '${uri}' specified in the request does not match the redirect URIs configured for the application '${clientId}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal. Navigate to https://aka.ms/redirectUriMismatchError to learn more about how to troubleshoot this error.`,
  )

export const organizationsOnly = () =>
  new EntraError(
    400,
    'invalid_request',
    9002332,
    'Application is configured for use by Azure Active Directory users only. Please do not use the /consumers endpoint to serve this request.',
  )

export const responseTypeNotEnabled = (type: string) =>
  new EntraError(
    400,
    'unsupported_response_type',
    type.split(' ').includes('id_token') ? 700054 : 700051,
    `response_type '${type}' is not enabled for the application.`,
  )

export const unsupportedResponseMode = (mode: string) =>
  new EntraError(400, 'invalid_request', 70007, `'${mode}' is not a supported value of 'response_mode' when requesting a token.`)

export const challengeRequired = () =>
  new EntraError(
    400,
    'invalid_request',
    9002325,
    'Proof Key for Code Exchange is required for cross-origin authorization code redemption.',
  )

export const malformedChallenge = () => new EntraError(400, 'invalid_request', 50147, 'Invalid size of Code_Challenge parameter.')

export const unsupportedChallengeMethod = (method: string) =>
  new EntraError(
    400,
    'invalid_request',
    9002313,
    `Invalid request. The code_challenge_method '${method}' is not supported: use S256.`,
  )

export const unsupportedPrompt = () => new EntraError(400, 'invalid_request', 90023, "Unsupported 'prompt' value.")

export const loginRequired = () =>
  new EntraError(400, 'login_required', 50058, 'A silent sign-in request was sent but no user is signed in.')

export const severalResources = (scope: string) =>
  new EntraError(
    400,
    'invalid_request',
    28000,
    `Provided value for the input parameter scope is not valid because it contains more than one resource. Scope ${scope} is not valid.`,
  )

export const defaultScopeMixed = (scope: string) =>
  new EntraError(
    400,
    'invalid_scope',
    70011,
    `The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid. .default scope can't be combined with resource-specific scopes.`,
  )

export const unknownScope = (name: string, resource: string, client: string) =>
  new EntraError(
    400,
    'invalid_client',
    650053,
    `The application '${client}' asked for scope '${name}' that doesn't exist on the resource '${resource}'. Contact the app vendor.`,
  )

export const unknownUser = (name: string, tenantId: string) =>
  new EntraError(
    400,
    'invalid_grant',
    50034,
    `The user account ${name} does not exist in the ${tenantId} directory. To sign into this application, the account must be added to the directory.`,
  )

export const wrongPassword = () =>
  new EntraError(400, 'invalid_grant', 50126, 'Error validating credentials due to invalid username or password.')

export const lockedOut = () =>
  new EntraError(
    400,
    'invalid_grant',
    50053,
    "The account is locked, you've tried to sign in too many times with an incorrect user ID or password.",
  )

export const flowExpired = () =>
  new EntraError(400, 'invalid_request', 50089, 'Authentication failed due to flow token expired. Start the sign-in again.')

export const foreignForm = () =>
  new EntraError(
    400,
    'invalid_request',
    165000,
    'Invalid Request: The request tokens do not match the user context. The form was sent from another page than the one that it was made for.',
  )

export const publicClientOnly = () =>
  new EntraError(
    401,
    'invalid_client',
    700025,
    "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
  )

export const malformedGrant = () => new EntraError(400, 'invalid_grant', 70000, 'Provided grant is invalid or malformed.')

export const expiredCode = () =>
  new EntraError(
    400,
    'invalid_grant',
    70008,
    'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
  )

export const redeemedCode = () =>
  new EntraError(
    400,
    'invalid_grant',
    54005,
    'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
  )

export const otherRedirectUri = (uri: string, authorised: string) =>
  new EntraError(
    400,
    'invalid_grant',
    500112,
    `The reply address '${uri}' does not match the reply address '${authorised}' provided when requesting Authorization code.`,
  )

export const wrongVerifier = () =>
  new EntraError(
    400,
    'invalid_grant',
    501481,
    'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
  )

export const revokedGrant = () =>
  new EntraError(
    400,
    'invalid_grant',
    50173,
    'The provided grant has expired due to it being revoked, a fresh auth token is needed. The user signed out, or the refresh token was used twice.',
  )

/** @param startedAt milliseconds since the epoch @param lifetime milliseconds */
export const expiredSession = (startedAt: number, lifetime: number) =>
  new EntraError(
    400,
    'invalid_grant',
    70043,
    `The refresh token has expired or is invalid due to sign-in frequency checks by conditional access. The token was issued on ${new Date(startedAt).toISOString()} and the maximum allowed lifetime for this request is ${lifetime / 1000}.`,
  )
