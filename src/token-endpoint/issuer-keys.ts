import { createLocalJWKSet, createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose'
import type { PublishedKey } from '../tokens/token-authority.ts'

/** The network, as far as other issuers are read by it: the standard `fetch`. */
export type FetchDocument = (
  url: string,
  options: { readonly signal: AbortSignal; readonly redirect: 'manual' },
) => Promise<Response>

/** An issuer's documents cannot be read. The message is a sentence for the person who set up the credential. */
export class IssuerUnreachableError extends Error {
  override name = 'IssuerUnreachableError'
}

/** Finds the keys by which an issuer signs. @throws IssuerUnreachableError */
export type FindIssuerKeys = (issuer: string) => Promise<JWTVerifyGetKey>

export interface IssuerKeysOptions {
  /** Whether an issuer is one of this platform: the tenant itself, or a cluster. */
  readonly isOwnIssuer: (issuer: string) => Promise<boolean>
  readonly publishedKeys: () => Promise<readonly PublishedKey[]>
  /** Undefined where no other host may be asked. */
  readonly fetchDocument: FetchDocument | undefined
  /** Milliseconds since the epoch. */
  readonly clock: () => number
}

/** How long an issuer's key address is remembered, milliseconds. The keys themselves are read again when one is unknown. */
const rememberFor = 24 * 3_600_000
/** How long an issuer may take, milliseconds. */
const patience = 5_000
/** Longest document taken, bytes. */
const largestDocument = 256 * 1024

/**
 * The keys of issuers: of our own at once, of others by their OpenID configuration (OpenID Connect Discovery 4), over https alone.
 */
export function findIssuerKeys({ isOwnIssuer, publishedKeys, fetchDocument, clock }: IssuerKeysOptions): FindIssuerKeys {
  const remembered = new Map<string, { readonly keys: JWTVerifyGetKey; readonly until: number }>()

  async function read(url: string): Promise<Response> {
    if (!fetchDocument) throw new IssuerUnreachableError(`Lanyard runs with --offline and does not ask ${new URL(url).host}.`)
    if (URL.parse(url)?.protocol !== 'https:') throw new IssuerUnreachableError(`${url} does not begin with https://.`)
    try {
      const response = await fetchDocument(url, { signal: AbortSignal.timeout(patience), redirect: 'manual' })
      const text = await response.text()
      if (text.length > largestDocument) throw new Error('the document is too long')
      if (response.status !== 200) throw new Error(`status ${response.status}`)
      return new Response(text, { status: 200, headers: { 'content-type': 'application/json' } })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new IssuerUnreachableError(`${url} could not be read: ${reason}`, { cause: error })
    }
  }

  async function discover(issuer: string): Promise<JWTVerifyGetKey> {
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
    const document = (await (await read(url)).json().catch(() => undefined)) as
      | { issuer?: unknown; jwks_uri?: unknown }
      | undefined
    if (document?.issuer !== issuer || typeof document.jwks_uri !== 'string' || !URL.canParse(document.jwks_uri)) {
      throw new IssuerUnreachableError(`${url} does not name the issuer ${issuer} and the address of its keys.`)
    }
    return createRemoteJWKSet(new URL(document.jwks_uri), { [customFetch]: read })
  }

  return async (issuer) => {
    if (await isOwnIssuer(issuer))
      return createLocalJWKSet({ keys: (await publishedKeys()).map((key) => ({ ...key, x5c: [...key.x5c] })) })
    const known = remembered.get(issuer)
    if (known && clock() < known.until) return known.keys
    const keys = await discover(issuer)
    remembered.set(issuer, { keys, until: clock() + rememberFor })
    return keys
  }
}
