/** Slows down who guesses passwords, one account at a time, as Entra's smart lockout does. */
export interface Lockout {
  isLocked(account: string): boolean
  /** Counts a password before it is looked at, so that many at once are counted too. */
  tried(account: string): void
  /** It was right: forgets what was wrong before. */
  succeeded(account: string): void
}

/** https://learn.microsoft.com/entra/identity/authentication/howto-password-smart-lockout: ten tries, then a minute, then longer. */
const tries = 10
const firstLock = 60_000
const longestLock = 3_600_000

interface Failures {
  count: number
  lockedUntil: number
  lock: number
}

/**
 * A lockout in memory.
 * @param clock milliseconds since the epoch
 */
export function createLockout(clock: () => number): Lockout {
  const accounts = new Map<string, Failures>()
  return {
    isLocked: (account) => (accounts.get(account)?.lockedUntil ?? 0) > clock(),
    tried(account) {
      const failures = accounts.get(account) ?? { count: 0, lockedUntil: 0, lock: firstLock }
      accounts.set(account, failures)
      failures.count += 1
      // After the first lock each wrong password locks again, and for longer.
      if (failures.count < tries) return
      failures.lockedUntil = clock() + failures.lock
      failures.lock = Math.min(failures.lock * 2, longestLock)
    },
    succeeded(account) {
      accounts.delete(account)
    },
  }
}
