/** Lets so many requests through in a second. */
export interface Throttle {
  /** Counts a request of `caller` and says whether it is still within the limit. */
  admits(caller: string): boolean
}

/**
 * A limit for each caller in each second of the clock, as the instance metadata service has it. What is refused does not count
 * against the next second.
 * @param clock milliseconds since the epoch
 */
export function createThrottle(perSecond: number, clock: () => number): Throttle {
  const counts = new Map<string, number>()
  let second = 0
  return {
    admits(caller) {
      const now = Math.floor(clock() / 1_000)
      if (now !== second) counts.clear()
      second = now
      const count = (counts.get(caller) ?? 0) + 1
      counts.set(caller, count)
      return count <= perSecond
    },
  }
}
