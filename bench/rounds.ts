/** One thing that is measured: what it is, and a measurement. Higher is better for rates, lower for durations. */
export interface Contestant {
  readonly name: string
  readonly measure: () => number | Promise<number>
}

/**
 * Measures all contestants in turn, round after round, so that whatever else the machine does falls on all of them alike.
 * The first round warms up and is not counted.
 * @returns the median of each, by name
 */
export async function rounds(count: number, contestants: readonly Contestant[]): Promise<ReadonlyMap<string, number>> {
  const measured = new Map<string, number[]>(contestants.map(({ name }) => [name, []]))
  for (let round = 0; round <= count; round++) {
    for (const { name, measure } of contestants) {
      const value = await measure()
      if (round > 0) measured.get(name)?.push(value)
    }
  }
  return new Map([...measured].map(([name, values]) => [name, median(values)]))
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2
}
