import { newestApiVersions } from './api-versions.ts'
import type { MetadataAnswer } from './metadata-answer.ts'

/** What went wrong with a token request: the OAuth name and the sentence that clients show (wire.md D.5). */
export interface TokenError {
  readonly error: string
  readonly description: string
}

function invalidRequest(description: string): TokenError {
  return { error: 'invalid_request', description }
}

export const headerMissingText = 'Required metadata header not specified'
export const resourceMissing = invalidRequest("Required query variable 'resource' is missing")
export const apiVersionMissing = invalidRequest("Required query variable 'api-version' is missing")
export const apiVersionUnknown = invalidRequest("Invalid 'api-version' requested")
export const identityNotFound = invalidRequest('Identity not found')
export const severalIdentities = invalidRequest(
  'Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request',
)
export const severalSelectors = invalidRequest(
  'More than one identity is specified in the token request, please specify only one of client_id, object_id and msi_res_id',
)

/** A selector of another token source (App Service and others), or a misspelt one. Passing it over would pick another identity. */
export function foreignSelector(name: string): TokenError {
  return invalidRequest(`Query variable '${name}' is not known here, please use client_id, object_id or msi_res_id`)
}

/** A query or form that cannot be read; `sentence` says why. */
export function unreadableQuery(sentence: string): TokenError {
  return invalidRequest(sentence)
}

/** Entra's answer for an audience that the tenant does not have. */
export function unknownResource(resource: string, tenantId: string): TokenError {
  return {
    error: 'invalid_resource',
    description:
      `AADSTS500011: The resource principal named ${resource} was not found in the tenant named ${tenantId}. ` +
      'This can happen if the application has not been installed by the administrator of the tenant or consented to by any user ' +
      'in the tenant. You might have sent your authentication request to the wrong tenant.',
  }
}

/** The answer for `error`, in the shape of the identity path. */
export function tokenErrorAnswer({ error, description }: TokenError, status = 400): MetadataAnswer {
  return { status, body: JSON.stringify({ error, error_description: description }) }
}

/** No `Metadata: true`, or an `X-Forwarded-For`, on the identity path: 88 bytes. */
export const identityHeaderMissing = tokenErrorAnswer(invalidRequest(headerMissingText))

/** The same on every other path. The spaces are the service's own. */
export const headerMissing: MetadataAnswer = {
  status: 400,
  body: `{ "error": "Bad request: . ${headerMissingText}" }`,
}

/** On every path but the identity one. MSAL's region discovery repeats its request with `newest-versions[0]`. */
export const apiVersionRefused: MetadataAnswer = {
  status: 400,
  body: JSON.stringify({
    error:
      'Bad request. api-version is invalid or was not specified in the request. For more information refer to aka.ms/azureimds',
    'newest-versions': newestApiVersions,
  }),
}

/** Any other 400 outside the identity path. */
export function badRequest(sentence: string): MetadataAnswer {
  return { status: 400, body: JSON.stringify({ error: `Bad request. ${sentence}` }) }
}

export const leafNeedsText = badRequest('The value at this path is not an object, specify format=text to read it')
export const formatUnknown = badRequest('The format is not supported, specify format=json or format=text')

export const notFound: MetadataAnswer = { status: 404, body: '{ "error": "Not found" }' }

/** For a machine that no load balancer leads to. */
export const noLoadBalancer: MetadataAnswer = {
  status: 404,
  body: '{ "error": "No load balancer metadata is found. Please check if your VM is using any non-basic SKU load balancer and retry later." }',
}

export const notFromMachine: MetadataAnswer = {
  status: 404,
  body: '{ "error": "Not found. The request did not come from a virtual machine that exists" }',
}

/** @param allowed the methods that the path has, as the `Allow` header wants them */
export function methodNotAllowed(allowed: string): MetadataAnswer {
  return { status: 405, body: '{ "error": "Method not allowed" }', headers: { Allow: allowed } }
}

/** For a failure that nobody expected. Nothing of it is shown: it is in the log. */
export const serverError = tokenErrorAnswer(
  { error: 'server_error', description: 'The metadata service failed to serve the request' },
  500,
)
