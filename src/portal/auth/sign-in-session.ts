import * as z from 'zod/mini'
import { readToken, type AccessToken } from '../../api-client/access-token.ts'
import { parseJson, TokenRefusedError } from '../../api-client/errors.ts'
import type { TokenProvider } from '../../api-client/resource-manager.ts'
import type { Transport } from '../../api-client/transport.ts'
import {
  authorizationUrl,
  claimsOf,
  portalClientId,
  randomText,
  readSignInAnswer,
  scopeOf,
  type PendingSignIn,
} from './authorization-request.ts'

/** Who is signed in. */
export interface SignedInUser {
  readonly name: string
  readonly userPrincipalName: string
  readonly objectId: string
}

/** The authority did not let the user in, or the answer is not one to this browser's question. */
export class SignInError extends Error {
  override name = 'SignInError'
}

export interface SignInOptions {
  /** Origin of the portal and of everything that it calls. */
  readonly origin: string
  /** Where the authority sends the browser back to: the portal's own address, without a hash. */
  readonly redirectUri: string
  readonly tenant: string
  readonly transport: Transport
  /** Lives as long as the tab: the refresh token, and what a sign-in on its way must know again. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  readonly random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  /** Leaves for another address. */
  readonly goTo: (url: string) => void
  /** The hash that is shown now. */
  readonly currentHash: () => string
}

/** A user's session: access tokens in memory, the refresh token in the tab's storage, none in an address. */
export interface SignInSession {
  readonly tokens: TokenProvider
  /** Undefined until a token was got. */
  user(): SignedInUser | undefined
  /**
   * Ends a sign-in that the browser comes back from, or takes up the tab's session; leaves for the authority when there is neither.
   * @param search the query of the address
   * @returns the hash to show, undefined for the one that is there; nothing comes back when the browser leaves
   * @throws SignInError
   */
  start(search: string): Promise<{ readonly returnTo: string | undefined } | 'leaving'>
  /** Leaves for the authority, to come back to what is shown now. */
  signIn(): Promise<void>
  signOut(): void
}

const refreshKey = 'lanyard.refresh-token'
const pendingKey = 'lanyard.sign-in'
/** A token is renewed this long before it ends, seconds. */
const margin = 120

const pendingSignIn = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), returnTo: z.string() })
const userTokens = z.looseObject({ refresh_token: z.optional(z.string()), id_token: z.optional(z.string()) })

export function createSignInSession(options: SignInOptions): SignInSession {
  const { origin, redirectUri, tenant, storage, clock } = options
  const authority = `${origin}/${encodeURIComponent(tenant)}`
  const armAudience = 'https://management.core.windows.net/'
  const kept = new Map<string, AccessToken>()
  let signedIn: SignedInUser | undefined
  // Says at the sign-out which session ends: the authority keeps no cookie that would.
  let idTokenHint: string | undefined
  // One request at a time: each may hand out another refresh token and end the one before.
  let last: Promise<unknown> = Promise.resolve()

  async function request(parameters: Readonly<Record<string, string>>, resource: string, nonce?: string): Promise<AccessToken> {
    const reply = await options.transport({
      method: 'POST',
      url: `${authority}/oauth2/v2.0/token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ client_id: portalClientId, scope: scopeOf(resource), ...parameters }).toString(),
      timeout: 30_000,
      retries: 0,
    })
    const token = readToken(reply, clock())
    const { refresh_token: refreshToken, id_token: idToken } = userTokens.parse(parseJson(reply.text))
    const claims = idToken === undefined ? undefined : claimsOf(idToken)
    if (nonce !== undefined && claims?.['nonce'] !== nonce)
      throw new SignInError('The answer of the authority was not made for this sign-in.')
    if (refreshToken !== undefined) storage.setItem(refreshKey, refreshToken)
    signedIn = userOf(claims) ?? signedIn
    idTokenHint = idToken ?? idTokenHint
    kept.set(resource, token)
    return token
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work, work)
    last = next
    return next
  }

  function fresh(resource: string): AccessToken | undefined {
    const token = kept.get(resource)
    return token !== undefined && token.expiresOn - margin > clock() / 1000 ? token : undefined
  }

  async function renew(resource: string): Promise<AccessToken> {
    const refreshToken = storage.getItem(refreshKey)
    if (refreshToken !== null) {
      try {
        return await request({ grant_type: 'refresh_token', refresh_token: refreshToken }, resource)
      } catch (error) {
        // The session has ended, was revoked, or belongs to a platform that is gone.
        if (!(error instanceof TokenRefusedError)) throw error
        forget()
      }
    }
    await signIn()
    // The page is being left: whoever waits for a token waits for nothing.
    return new Promise<never>(() => undefined)
  }

  const tokens: TokenProvider = (resource, renewing) => {
    const asked = kept.get(resource)
    return inTurn(async () => {
      const token = fresh(resource)
      // Several calls that were refused with one token ask for one other, not each for its own.
      if (token !== undefined && !(renewing?.renew === true && token === asked)) return token
      return renew(resource)
    })
  }

  async function signIn(): Promise<void> {
    const text = () => randomText(options.random)
    const pending: PendingSignIn = { state: text(), nonce: text(), verifier: text(), returnTo: options.currentHash() }
    storage.setItem(pendingKey, JSON.stringify(pending))
    options.goTo(await authorizationUrl(authority, redirectUri, armAudience, pending))
  }

  function forget(): void {
    kept.clear()
    signedIn = undefined
    idTokenHint = undefined
    storage.removeItem(refreshKey)
  }

  async function finish(search: string): Promise<PendingSignIn | undefined> {
    const answer = readSignInAnswer(search)
    if (!answer) return undefined
    const pending = pendingSignIn.safeParse(parseJson(storage.getItem(pendingKey) ?? ''))
    storage.removeItem(pendingKey)
    if (!pending.success || pending.data.state !== answer.state)
      throw new SignInError('This browser tab did not ask for the sign-in that it was sent back from.')
    if (answer.kind === 'error') throw new SignInError(answer.description)
    const { verifier, nonce } = pending.data
    const parameters = { grant_type: 'authorization_code', code: answer.code, redirect_uri: redirectUri, code_verifier: verifier }
    await inTurn(() => request(parameters, armAudience, nonce))
    return pending.data
  }

  return {
    tokens,
    user: () => signedIn,
    signIn,
    async start(search) {
      const ended = await finish(search)
      if (ended) return { returnTo: ended.returnTo }
      if (storage.getItem(refreshKey) === null) {
        await signIn()
        return 'leaving'
      }
      await tokens(armAudience)
      return { returnTo: undefined }
    },
    signOut() {
      const query = new URLSearchParams({
        client_id: portalClientId,
        post_logout_redirect_uri: redirectUri,
        ...(idTokenHint !== undefined && { id_token_hint: idTokenHint }),
      })
      forget()
      options.goTo(`${authority}/oauth2/v2.0/logout?${query}`)
    },
  }
}

function userOf(claims: Readonly<Record<string, unknown>> | undefined): SignedInUser | undefined {
  if (!claims) return undefined
  const { oid, name, preferred_username: preferred, upn } = claims
  const userPrincipalName = [preferred, upn].find((claim) => typeof claim === 'string')
  if (typeof oid !== 'string' || userPrincipalName === undefined) return undefined
  return { objectId: oid, userPrincipalName, name: typeof name === 'string' ? name : userPrincipalName }
}
