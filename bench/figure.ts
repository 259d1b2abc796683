/** One result: what was measured, of whom, and how the first of them stands to the second. */
export interface Figure {
  readonly what: string
  /** Medians by name. */
  readonly rates: ReadonlyMap<string, number>
  readonly ratio: number
  readonly target: string
  readonly met: boolean
}
