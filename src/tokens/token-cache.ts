import type { IssuedToken, TokenRequest } from './token-authority.ts'

const largestSize = 10_000

interface Entry {
  readonly pending: Promise<IssuedToken>
  token: IssuedToken | undefined
}

/**
 * Keeps the token of each identity and resource until less than five minutes and a tenth of its lifetime remain.
 * Callers that ask at the same time share one token.
 * @param now seconds since the epoch
 */
export function cacheTokens(
  issue: (request: TokenRequest) => Promise<IssuedToken>,
  now: () => number,
): (request: TokenRequest) => Promise<IssuedToken> {
  const entries = new Map<string, Entry>()

  return (request) => {
    const key = keyOf(request)
    const found = entries.get(key)
    if (found && (found.token === undefined || isFresh(found.token, now()))) return found.pending
    const entry: Entry = { pending: issue(request), token: undefined }
    entries.delete(key)
    entries.set(key, entry)
    if (entries.size > largestSize) dropOldest()
    entry.pending.then(
      (token) => {
        entry.token = token
      },
      () => {
        if (entries.get(key) === entry) entries.delete(key)
      },
    )
    return entry.pending
  }

  function dropOldest() {
    for (const key of entries.keys()) {
      entries.delete(key)
      return
    }
  }
}

/** Everything that the token says: two machines with the same identity get tokens of their own, since `xms_az_rid` differs. */
function keyOf({ principal, resource, requestedBy = '', version = 1, lifetimeSeconds = 0 }: TokenRequest): string {
  return [principal.objectId, version, lifetimeSeconds, requestedBy, resource].join('\n')
}

/** Whether the token need not be renewed. A token from the future was issued before the clock was set back. */
function isFresh({ notBefore, expiresAt }: IssuedToken, now: number): boolean {
  const lifetime = expiresAt - notBefore
  // Short-lived tokens, as tests set them, would otherwise never be kept.
  const renewal = Math.min(300 + lifetime / 10, lifetime / 2)
  return notBefore <= now && expiresAt - now >= renewal
}
