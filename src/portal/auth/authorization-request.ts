/** The portal is a public client; Azure's own portal has this id. */
export const portalClientId = 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c'

/** What must be known again when the browser comes back. */
export interface PendingSignIn {
  readonly state: string
  readonly nonce: string
  /** RFC 7636 code verifier. */
  readonly verifier: string
  /** The portal's hash at the time, to go back to. */
  readonly returnTo: string
}

/** What the authority sent the browser back with. */
export type SignInAnswer =
  | { readonly kind: 'code'; readonly code: string; readonly state: string }
  | { readonly kind: 'error'; readonly error: string; readonly description: string; readonly state: string }

/** Random text that a URL can carry, of 256 bits: a state, a nonce, a code verifier. */
export function randomText(random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>): string {
  return base64url(random(new Uint8Array(32)))
}

/** RFC 7636 `S256`. */
export async function challengeOf(verifier: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))))
}

/**
 * Where the browser goes to sign in: authorization code with PKCE.
 * @param redirectUri the portal's own address, without a hash
 * @param resource the first audience that tokens are wanted for
 */
export async function authorizationUrl(
  authority: string,
  redirectUri: string,
  resource: string,
  pending: PendingSignIn,
): Promise<string> {
  const query = new URLSearchParams({
    client_id: portalClientId,
    response_type: 'code',
    response_mode: 'query',
    redirect_uri: redirectUri,
    scope: scopeOf(resource),
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await challengeOf(pending.verifier),
    code_challenge_method: 'S256',
  })
  return `${authority}/oauth2/v2.0/authorize?${query}`
}

/** The scope of a token for an audience, with an id token and a refresh token. */
export function scopeOf(resource: string): string {
  return `${resource}/.default openid profile offline_access`
}

/** What a query says of a sign-in; undefined when it says nothing. */
export function readSignInAnswer(search: string): SignInAnswer | undefined {
  const query = new URLSearchParams(search)
  const state = query.get('state')
  if (state === null) return undefined
  const code = query.get('code')
  if (code !== null) return { kind: 'code', code, state }
  const error = query.get('error')
  if (error === null) return undefined
  return { kind: 'error', error, description: query.get('error_description') ?? error, state }
}

/** The claims of a token, its signature left to whom it is for; undefined for what is no JWT. */
export function claimsOf(token: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')
    const bytes = Uint8Array.from(atob(payload), (character) => character.codePointAt(0) ?? 0)
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCodePoint(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
