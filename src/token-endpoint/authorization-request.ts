import { malformedRequest, missingParameter, unknownApplication, EntraError } from './entra-error.ts'
import { type DelegatedScope, readDelegatedScope, type ScopeContext } from './delegated-scope.ts'
import { findPublicClient, isRedirectUriOf, type PublicClient } from './public-clients.ts'
import {
  challengeRequired,
  duplicateParameter,
  loginRequired,
  malformedChallenge,
  noReplyAddress,
  responseTypeNotEnabled,
  unsupportedChallengeMethod,
  unsupportedPrompt,
  unsupportedResponseMode,
  wrongRedirectUri,
} from './sign-in-errors.ts'

const responseModes = ['query', 'fragment', 'form_post'] as const
export type ResponseMode = (typeof responseModes)[number]

/** Where the answer to an authorization request goes, and how. */
export interface ReplyAddress {
  readonly client: PublicClient
  readonly redirectUri: string
  readonly responseMode: ResponseMode
  /** The client's own, given back as it came. */
  readonly state: string | undefined
}

/** An authorization request that is in order. */
export interface AuthorizationRequest extends ReplyAddress {
  readonly scope: DelegatedScope
  /** The scope as it was asked for. */
  readonly askedScope: string
  /** base64url SHA-256 of what the client proves itself by when it redeems the code. */
  readonly codeChallenge: string
  readonly nonce: string | undefined
  readonly loginHint: string
}

/** An error that the client is told, at an address that is known to be its own. */
export class ClientError extends Error {
  override name = 'ClientError'
  readonly error: EntraError
  readonly address: ReplyAddress
  constructor(error: EntraError, address: ReplyAddress) {
    super(error.message)
    this.error = error
    this.address = address
  }
}

/** What clients put into a state or a nonce is far shorter. Characters. */
const longestValue = 4096
const parameterNames = [
  'client_id',
  'redirect_uri',
  'response_type',
  'response_mode',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'prompt',
  'login_hint',
]

/**
 * Reads an authorization request (RFC 6749 4.1.1, OpenID Connect Core 3.1.2.1, RFC 7636 4.3).
 * @throws EntraError while it is not sure whom the answer would go to: the user is shown it
 * @throws ClientError after that
 */
export async function readAuthorizationRequest(
  parameters: URLSearchParams,
  context: Omit<ScopeContext, 'clientName'> & { readonly portalOrigins: readonly string[] },
): Promise<AuthorizationRequest> {
  const address = readAddress(parameters, context)
  try {
    return { ...address, ...(await readRest(parameters, address, context)) }
  } catch (error) {
    throw error instanceof EntraError ? new ClientError(error, address) : error
  }
}

function readAddress(
  parameters: URLSearchParams,
  { tenantId, portalOrigins }: { readonly tenantId: string; readonly portalOrigins: readonly string[] },
): ReplyAddress {
  for (const name of parameterNames) {
    const [value = '', another] = parameters.getAll(name)
    if (another !== undefined) throw duplicateParameter(name)
    if (value.length > longestValue) throw malformedRequest()
  }
  const clientId = parameters.get('client_id') ?? ''
  if (clientId === '') throw missingParameter('client_id')
  const client = findPublicClient(clientId)
  if (!client) throw unknownApplication(clientId, tenantId)
  const redirectUri = parameters.get('redirect_uri') ?? ''
  if (redirectUri === '') throw noReplyAddress()
  if (!isRedirectUriOf(client, redirectUri, portalOrigins)) throw wrongRedirectUri(redirectUri, client.clientId)
  const mode = parameters.get('response_mode') ?? ''
  const responseMode = responseModes.find((known) => known === mode) ?? 'query'
  return { client, redirectUri, responseMode, state: parameters.get('state') ?? undefined }
}

async function readRest(
  parameters: URLSearchParams,
  { client }: ReplyAddress,
  context: Omit<ScopeContext, 'clientName'>,
): Promise<Omit<AuthorizationRequest, keyof ReplyAddress>> {
  const mode = parameters.get('response_mode') ?? ''
  if (mode !== '' && !responseModes.some((known) => known === mode)) throw unsupportedResponseMode(mode)
  const type = parameters.get('response_type') ?? ''
  if (type === '') throw missingParameter('response_type')
  if (type !== 'code') throw responseTypeNotEnabled(type)
  const askedScope = parameters.get('scope') ?? ''
  const scope = await readDelegatedScope(askedScope, { ...context, clientName: client.displayName })
  const codeChallenge = parameters.get('code_challenge') ?? ''
  if (codeChallenge === '') throw challengeRequired()
  const method = parameters.get('code_challenge_method') ?? 'plain'
  if (method !== 'S256') throw unsupportedChallengeMethod(method)
  if (!/^[A-Za-z0-9_-]{43}$/.test(codeChallenge)) throw malformedChallenge()
  const prompts = (parameters.get('prompt') ?? '').split(' ').filter(Boolean)
  if (prompts.some((prompt) => !['none', 'login', 'select_account', 'consent'].includes(prompt))) throw unsupportedPrompt()
  // Nobody is signed in here before they sign in: there is no cookie.
  if (prompts.includes('none')) throw prompts.length > 1 ? unsupportedPrompt() : loginRequired()
  return {
    scope,
    askedScope,
    codeChallenge,
    nonce: parameters.get('nonce') ?? undefined,
    loginHint: (parameters.get('login_hint') ?? '').slice(0, 320),
  }
}
