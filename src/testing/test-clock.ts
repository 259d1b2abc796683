import type { MovableClock } from '../faults/movable-clock.ts'

/** How far to move a clock. */
export interface Duration {
  readonly days?: number
  readonly hours?: number
  readonly minutes?: number
  readonly seconds?: number
  readonly milliseconds?: number
}

/** The platform's clock. The clocks of its clients stay as they are. */
export interface TestClock {
  now(): Date
  /** Moves it forward; a frozen clock stays frozen. */
  advance(by: Duration): void
  /** Stops it where it stands, or at a time. */
  freeze(at?: Date): void
  /** Sets it; a frozen clock stays frozen. */
  set(at: Date): void
  /** Lets it run on from where it stands. */
  resume(): void
  /** Makes it the real time again. */
  reset(): void
}

export function testClock(clock: MovableClock): TestClock {
  return {
    now: () => new Date(clock.now()),
    advance: ({ days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0 }) =>
      clock.advance((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000 + milliseconds),
    freeze: (at) => clock.freeze(at?.getTime()),
    set: (at) => clock.set(at.getTime()),
    resume: () => clock.resume(),
    reset: () => clock.reset(),
  }
}
