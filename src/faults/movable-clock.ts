/** A clock that can be stopped and set. All times are milliseconds since the epoch. */
export interface MovableClock {
  now(): number
  isFrozen(): boolean
  /** Stops it where it stands, or at a time. */
  freeze(at?: number): void
  /** Moves it forward, or back when negative; a frozen clock stays frozen. */
  advance(milliseconds: number): void
  /** Sets it; a frozen clock stays frozen. */
  set(at: number): void
  /** Lets it run on from where it stands. */
  resume(): void
  /** Makes it what `real` says again. */
  reset(): void
}

/** A clock that shows what `real` shows until it is moved. */
export function createMovableClock(real: () => number): MovableClock {
  let frozenAt: number | undefined
  let ahead = 0
  const now = () => frozenAt ?? real() + ahead
  const set = (at: number) => {
    if (frozenAt === undefined) ahead = at - real()
    else frozenAt = at
  }
  return {
    now,
    isFrozen: () => frozenAt !== undefined,
    freeze: (at = now()) => void (frozenAt = at),
    advance: (milliseconds) => set(now() + milliseconds),
    set,
    resume() {
      if (frozenAt === undefined) return
      ahead = frozenAt - real()
      frozenAt = undefined
    },
    reset() {
      frozenAt = undefined
      ahead = 0
    },
  }
}
