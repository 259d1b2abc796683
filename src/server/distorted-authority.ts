import type { Faults } from '../faults/create-faults.ts'
import { TokenRejectedError, type IssuedToken, type TokenAuthority, type TokenRequest } from '../tokens/token-authority.ts'

/**
 * The authority with what faults do to tokens: their lifetime, what is said of it, and how early they are refused.
 * @param now milliseconds since the epoch
 * @param handedOut told of each token that is given out, and of whose it is
 */
export function distortedAuthority(
  authority: TokenAuthority,
  faults: Faults,
  now: () => number,
  handedOut: (token: IssuedToken, objectId: string) => Promise<void>,
): TokenAuthority {
  const distorted =
    <T extends object>(issue: (request: T) => Promise<IssuedToken>, holderOf: (request: T) => { readonly objectId: string }) =>
    async (request: T) => {
      const lifetime = faults.lasting('token-lifetime')
      const token = await issue(
        lifetime === undefined ? request : { ...request, lifetimeSeconds: Math.max(1, Math.floor(lifetime / 1_000)) },
      )
      await handedOut(token, holderOf(request).objectId)
      const late = faults.lasting('late-expires-on')
      return late === undefined ? token : { ...token, expiresAt: token.expiresAt + Math.floor(late / 1_000) }
    }
  const principalOf = ({ principal }: TokenRequest) => principal
  return {
    ...authority,
    issue: distorted((request) => authority.issue(request), principalOf),
    issueCached: distorted((request) => authority.issueCached(request), principalOf),
    issueForUser: distorted(
      (request) => authority.issueForUser(request),
      ({ user }) => user,
    ),
    async verify(accessToken, audiences) {
      const token = await authority.verify(accessToken, audiences)
      const end = token.expiresAt - Math.floor((faults.lasting('early-refusal') ?? 0) / 1_000)
      if (end <= Math.floor(now() / 1_000)) throw new TokenRejectedError('expired', { exp: end })
      return token
    },
  }
}
