const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** What a duration may look like as text: `90s`, `10m`, `24h`, `2d`. */
export const durationPattern = /^\d{1,9}[smhd]$/

/** Said to who writes another. */
export const durationExpected = 'expected a duration: seconds, or a number with s, m, h or d (90s, 10m, 24h)'

/**
 * Milliseconds of a duration.
 * @param duration seconds, or text as `durationPattern` has it
 * @throws RangeError with a sentence
 */
export function toMilliseconds(duration: number | string): number {
  if (typeof duration === 'number') return duration * 1_000
  if (!durationPattern.test(duration)) throw new RangeError(`'${duration}' is no duration; ${durationExpected}`)
  return Number(duration.slice(0, -1)) * (units[duration.slice(-1)] ?? 1_000)
}
