/** One result: what was measured, of whom, and how the first of them stands to the second. */
export interface Figure {
  readonly what: string
  /** How: how many rounds of what, with what beside it. */
  readonly method: string
  /** Medians by name. */
  readonly rates: ReadonlyMap<string, number>
  readonly ratio: number
  readonly target: string
  readonly met: boolean
}
