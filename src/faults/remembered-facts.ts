const largestSize = 10_000

/** What was true of tokens when they were given out. */
export interface RememberedFacts<Facts> {
  /** Keeps what is true now of a token, unless something is kept already. */
  note(tokenId: string, facts: Facts): void
  /** Undefined when nothing was kept, or for longer than it counts. */
  recall(tokenId: string): Facts | undefined
}

/**
 * Facts that count on for a while, as those behind an Azure token do.
 * @param duration for how long, in milliseconds; undefined while nothing of the kind is wanted
 * @param clock milliseconds since the epoch
 */
export function rememberFacts<Facts>(duration: () => number | undefined, clock: () => number): RememberedFacts<Facts> {
  const kept = new Map<string, { readonly facts: Facts; readonly since: number }>()
  return {
    note(tokenId, facts) {
      if (kept.has(tokenId)) return
      const [oldest] = kept.keys()
      if (kept.size >= largestSize && oldest !== undefined) kept.delete(oldest)
      kept.set(tokenId, { facts, since: clock() })
    },
    recall(tokenId) {
      const lasts = duration()
      const found = lasts === undefined ? undefined : kept.get(tokenId)
      return found && found.since + (lasts ?? 0) > clock() ? found.facts : undefined
    },
  }
}
