import type { SignIn, SignInFacts, SignInTally } from './sign-in.ts'

/** For how long sign-ins that are alike are counted in one row, milliseconds. */
const windowLength = 60_000

/** Tokens of one principal for one resource that get rows of their own within a window; those beyond are counted in one. */
const rowsPerBurst = 50

interface Entry extends SignInTally {
  readonly facts: SignInFacts
  /** Whether it stands for several tokens, of which none is told. */
  readonly isBurst: boolean
  /** When it was last given to somebody who may count on with it; milliseconds since the epoch. */
  lentAt: number
  written: number
}

/**
 * Counts sign-ins that are alike in one row: the same principal, machine, resource and outcome, and the same token where one
 * was issued. What is asked for again and again costs an addition each time, and a row a minute.
 */
export function createSignInWindow() {
  const open = new Map<string, Entry>()
  /** How many rows of their own each principal has had for a resource within the window that began then. */
  const bursts = new Map<string, { readonly since: number; rows: number }>()
  let entries: Entry[] = []

  function own(facts: SignInFacts): boolean {
    const key = likeness(facts)
    const burst = bursts.get(key)
    if (burst === undefined || facts.time - burst.since >= windowLength || facts.time < burst.since) {
      bursts.set(key, { since: facts.time, rows: 1 })
      return true
    }
    burst.rows += 1
    return burst.rows <= rowsPerBurst
  }

  return {
    /** Counts one, and answers with what further ones may be counted by until the second of `facts.time` is over. */
    add(facts: SignInFacts): SignInTally {
      const key = `${likeness(facts)}\n${facts.payload ?? ''}`
      const known = open.get(key) ?? (facts.payload === undefined ? undefined : open.get(likeness(facts)))
      if (known && facts.time >= known.facts.time && facts.time - known.facts.time < windowLength) {
        known.count += 1
        known.lastTime = known.lentAt = facts.time
        return known
      }
      const isBurst = facts.payload !== undefined && !own(facts)
      const entry: Entry = { facts, isBurst, count: 1, lastTime: facts.time, lentAt: facts.time, written: 0 }
      open.set(isBurst ? likeness(facts) : key, entry)
      entries.push(entry)
      return entry
    },
    /** How many are not written yet, or may be counted further. */
    size: () => entries.length,
    /**
     * Rows that are new or have grown since the last call.
     * @param now milliseconds since the epoch
     * @param isCrowded ends every window early that nobody counts in at the moment
     */
    take(now: number, isCrowded: boolean): readonly SignIn[] {
      const changed = entries.filter((entry) => entry.count !== entry.written)
      const rows = changed.map(toRow)
      for (const entry of changed) entry.written = entry.count
      // Whoever was lent a tally counts with it until the second is over, however long the window is over by then.
      const isOver = ({ facts, lentAt }: Entry) =>
        (isCrowded || Math.abs(now - facts.time) >= windowLength) && Math.floor(now / 1000) !== Math.floor(lentAt / 1000)
      if (entries.some(isOver)) {
        for (const [key, entry] of open) if (isOver(entry)) open.delete(key)
        for (const [key, { since }] of bursts) if (Math.abs(now - since) >= windowLength) bursts.delete(key)
        entries = entries.filter((entry) => !isOver(entry))
      }
      return rows
    },
  }
}

function likeness({ principal, clientId, machineId, resource, failure }: SignInFacts): string {
  return [principal?.objectId ?? clientId ?? '', machineId ?? '', resource ?? '', failure?.errorCode ?? 0].join('\n')
}

function toRow({ facts, isBurst, count, lastTime }: Entry): SignIn {
  const { payload, ...rest } = facts
  const claims = payload === undefined || isBurst ? undefined : readClaims(payload)
  const tokenId = claims?.['uti']
  return { ...rest, id: facts.requestId, count, lastTime, claims, tokenId: typeof tokenId === 'string' ? tokenId : undefined }
}

/** The claims in the payload of a token of ours. */
function readClaims(payload: string): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
}
