import type { StoredSigningKey } from './signing-key.ts'

const hour = 3_600_000
const day = 24 * hour

/** How long a key signs before the next one takes over. */
export const activePeriod = 30 * day
/** The next key is made this long before it signs, so that relying parties that read the key set once a day know it in time. */
export const preparationLead = 2 * day
/** No key that succeeds another signs before it has been published for this long. */
export const shortestPublication = 25 * hour
/** A key may sign this much longer than planned: an installation that was off at the hand-over still has a published key. */
const overtime = 7 * day
/** Validators allow for clocks that differ, so a key outlives the last token it signed. */
const margin = hour

/** What to do with the keys at a moment. */
export interface RotationPlan {
  /** The key that signs; undefined when none can, and one must be made that is active at once. */
  readonly signs: StoredSigningKey | undefined
  /** Keys that verify, the next one included. */
  readonly published: readonly StoredSigningKey[]
  /** When the key that is to be made now becomes active, in milliseconds since the epoch; undefined when none is due. */
  readonly prepareFor: number | undefined
  /** Keys whose last token has expired. */
  readonly drop: readonly StoredSigningKey[]
  /** The moment at which this plan is out of date, in milliseconds since the epoch. */
  readonly validUntil: number
}

/** Until when a key that becomes active at `activeFrom` is published at most; all in milliseconds. */
export function retirementOf(activeFrom: number, lifetime: number): number {
  return activeFrom + activePeriod + overtime + lifetime + margin
}

/**
 * Decides which key signs, which are published, whether the next one is due and which have had their day.
 * @param now milliseconds since the epoch
 * @param lifetime of the longest-lived token, in milliseconds
 */
export function planRotation(keys: readonly StoredSigningKey[], now: number, lifetime: number): RotationPlan {
  const ordered = [...keys].sort((one, other) => one.activeFrom - other.activeFrom || (one.kid < other.kid ? -1 : 1))
  const retirement = (key: StoredSigningKey, index: number) => {
    const successor = ordered[index + 1]
    return successor ? Math.min(key.retiresAt, successor.activeFrom + lifetime + margin) : key.retiresAt
  }
  const published = ordered.filter((key, index) => now < retirement(key, index))
  const drop = ordered.filter((key) => !published.includes(key))
  const lastSigning = (key: StoredSigningKey) => key.retiresAt - lifetime - margin
  const signs = published.findLast((key) => key.activeFrom <= now && now < lastSigning(key))
  if (!signs) return { signs, published, prepareFor: now, drop, validUntil: now }
  const next = published.find((key) => key.activeFrom > now)
  const handOver = signs.activeFrom + activePeriod
  const isDue = next === undefined && now >= handOver - preparationLead
  return {
    signs,
    published,
    prepareFor: isDue ? Math.max(handOver, now + shortestPublication) : undefined,
    drop,
    validUntil: Math.min(next?.activeFrom ?? Infinity, lastSigning(signs)),
  }
}
