import { hash } from 'node:crypto'

/** Things that are handed out by a key that nobody can guess, for a short while; more than `largest` drop the oldest. */
export interface OneTimeStore<T> {
  /** Keeps a thing and answers with its key. */
  put(value: T): string
  /** What the key was given for, once. `spent`: it was taken before; `expired`: too late; `unknown`: no key of ours, or long ago. */
  take(key: string): { readonly outcome: 'taken' | 'spent' | 'expired'; readonly value: T } | { readonly outcome: 'unknown' }
}

export interface OneTimeStoreOptions {
  readonly lifetimeSeconds: number
  readonly largest: number
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly randomBytes: (size: number) => Uint8Array
}

interface Entry<T> {
  readonly value: T
  readonly expiresAt: number
  isSpent: boolean
}

/** A store in memory that holds digests of its keys alone. What was taken is remembered until it would have expired. */
export function createOneTimeStore<T>({ lifetimeSeconds, largest, clock, randomBytes }: OneTimeStoreOptions): OneTimeStore<T> {
  const entries = new Map<string, Entry<T>>()
  return {
    put(value) {
      const key = Buffer.from(randomBytes(32)).toString('base64url')
      for (const oldest of entries.keys()) {
        if (entries.size < largest) break
        entries.delete(oldest)
      }
      entries.set(digestOf(key), { value, expiresAt: clock() + lifetimeSeconds * 1000, isSpent: false })
      return key
    },
    take(key) {
      const entry = entries.get(digestOf(key))
      if (!entry) return { outcome: 'unknown' }
      const { value, isSpent } = entry
      if (entry.expiresAt <= clock()) return { outcome: 'expired', value }
      entry.isSpent = true
      return { outcome: isSpent ? 'spent' : 'taken', value }
    },
  }
}

function digestOf(key: string): string {
  return hash('sha256', key, 'base64')
}
