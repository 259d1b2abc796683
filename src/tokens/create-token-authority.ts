import { claimsOf, issuerOf, type TokenTimes } from './claims.ts'
import { createKeyRing } from './key-ring.ts'
import type { SigningKeyStore } from './signing-key.ts'
import type { IssuedToken, TokenAuthority } from './token-authority.ts'
import { cacheTokens } from './token-cache.ts'
import { userClaimsOf } from './user-claims.ts'
import { verifyToken } from './verify-token.ts'

export interface TokenAuthorityOptions {
  readonly tenantId: string
  readonly signingKeys: SigningKeyStore
  /** 32 bytes; the private keys in `signingKeys` are encrypted with it. */
  readonly encryptionKey: Uint8Array
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly newGuid: () => string
  /** Of a token for which nothing else is asked, and the longest possible. A managed identity's is 24 hours. */
  readonly lifetimeSeconds?: number
}

/**
 * Signs and verifies for one tenant. Nothing happens here yet: the first key is made when it is first needed, or by `prepare`.
 * @throws RangeError when the encryption key is not 32 bytes long
 */
export function createTokenAuthority(options: TokenAuthorityOptions): TokenAuthority {
  const { tenantId, signingKeys, encryptionKey, clock, newGuid, lifetimeSeconds = 86_400 } = options
  if (encryptionKey.length !== 32) throw new RangeError('the encryption key of the signing keys must be 32 bytes long')
  const keyRing = createKeyRing({ signingKeys, encryptionKey, clock, newGuid, lifetime: lifetimeSeconds * 1000 })
  const now = () => Math.floor(clock() / 1000)

  type ClaimsOf<T> = (request: T, tenantId: string, times: TokenTimes, uniqueId: string) => Readonly<Record<string, unknown>>
  const issueBy =
    <T extends { readonly lifetimeSeconds?: number | undefined }>(claims: ClaimsOf<T>) =>
    async (request: T): Promise<IssuedToken> => {
      const signer = await keyRing.signer()
      const issuedAt = now()
      const expiresAt = issuedAt + Math.min(request.lifetimeSeconds ?? lifetimeSeconds, lifetimeSeconds)
      const accessToken = await signer.sign(claims(request, tenantId, { issuedAt, expiresAt }, newGuid()))
      return { accessToken, issuedAt, notBefore: issuedAt, expiresAt }
    }
  const issue = issueBy(claimsOf)

  return {
    tenantId,
    issuer: issuerOf(tenantId),
    check: () => keyRing.check(),
    prepare: () => keyRing.prepare(),
    issue,
    issueForUser: issueBy(userClaimsOf),
    signClaims: async (claims) => (await keyRing.signer()).sign(claims),
    issueCached: cacheTokens(issue, now),
    verify: (accessToken, audiences) =>
      verifyToken(accessToken, { tenantId, audiences, now: now(), findKey: (kid) => keyRing.verificationKey(kid) }),
    async publishedKeys() {
      return (await keyRing.verificationKeys()).map(({ published }) => published)
    },
  }
}
