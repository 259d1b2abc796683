import { hash, timingSafeEqual } from 'node:crypto'
import type { PublicClient } from './public-clients.ts'

/** A sign-in of a user to a client, for as long as its refresh tokens last. */
export interface UserSession {
  /** `sid` in tokens. */
  readonly sessionId: string
  /** Of the user. */
  readonly objectId: string
  readonly clientId: string
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  /** The scope that was asked for first: what a refresh that names none gets. */
  readonly scope: string
}

export type Redemption =
  | { readonly outcome: 'renewed'; readonly session: UserSession; readonly refreshToken: string }
  | { readonly outcome: 'expired'; readonly session: UserSession }
  | { readonly outcome: 'reused' }
  | { readonly outcome: 'unknown' }

/** Refresh tokens: opaque, kept as digests, and gone with the process. */
export interface UserSessions {
  /** Begins a session and answers with its first refresh token. */
  begin(session: Omit<UserSession, 'startedAt'>): string
  /**
   * Exchanges a refresh token for the next one. One that was exchanged before ends its session: somebody else has it too. The token of
   * a client that shares it between processes stays the same.
   */
  redeem(refreshToken: string, client: Pick<PublicClient, 'clientId' | 'rotates'>): Redemption
  /** Ends a session; no effect when there is none. */
  end(sessionId: string): void
}

export interface UserSessionsOptions {
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly randomBytes: (size: number) => Uint8Array
}

/** Milliseconds after which a user signs in again, however often the tokens were renewed: Entra's rule for pages in a browser. */
export const sessionLifetime = 24 * 3_600_000
const mostSessions = 10_000
const handleLength = 24
const secretLength = 32

interface Kept {
  readonly session: UserSession
  secret: Buffer
}

/**
 * A refresh token is the handle of its session and a secret of its own. A known handle with another secret is a token of before, so
 * those that were used need not be remembered one by one.
 */
export function createUserSessions({ clock, randomBytes }: UserSessionsOptions): UserSessions {
  /** By digest of the handle, oldest first. */
  const kept = new Map<string, Kept>()

  const tokenOf = (handle: Uint8Array, secret: Uint8Array) => `1.${Buffer.concat([handle, secret]).toString('base64url')}`

  function forgetOld(): void {
    for (const [key, { session }] of kept) {
      if (kept.size < mostSessions && session.startedAt + sessionLifetime > clock()) return
      kept.delete(key)
    }
  }

  return {
    begin(started) {
      forgetOld()
      const [handle, secret] = [randomBytes(handleLength), randomBytes(secretLength)]
      kept.set(digestOf(handle).toString('base64'), {
        session: { ...started, startedAt: clock() },
        secret: digestOf(secret),
      })
      return tokenOf(handle, secret)
    },

    redeem(refreshToken, { clientId, rotates }) {
      const bytes = refreshToken.startsWith('1.') ? Buffer.from(refreshToken.slice(2), 'base64url') : Buffer.alloc(0)
      if (bytes.length !== handleLength + secretLength) return { outcome: 'unknown' }
      const [handle, secret] = [bytes.subarray(0, handleLength), bytes.subarray(handleLength)]
      const key = digestOf(handle).toString('base64')
      const found = kept.get(key)
      if (!found || found.session.clientId !== clientId) return { outcome: 'unknown' }
      const { session } = found
      if (!timingSafeEqual(found.secret, digestOf(secret))) {
        kept.delete(key)
        return { outcome: 'reused' }
      }
      if (session.startedAt + sessionLifetime <= clock()) {
        kept.delete(key)
        return { outcome: 'expired', session }
      }
      if (!rotates) return { outcome: 'renewed', session, refreshToken }
      const next = randomBytes(secretLength)
      found.secret = digestOf(next)
      return { outcome: 'renewed', session, refreshToken: tokenOf(handle, next) }
    },

    end(sessionId) {
      for (const [key, { session }] of kept) if (session.sessionId === sessionId) kept.delete(key)
    },
  }
}

function digestOf(bytes: Uint8Array): Buffer {
  return hash('sha256', bytes, 'buffer')
}
