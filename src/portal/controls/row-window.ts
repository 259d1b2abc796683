/** Which rows of a long table are drawn: those in sight, and some on either side for a quick scroll. */
export interface RowWindow {
  readonly first: number
  /** One past the last. */
  readonly end: number
}

const beyond = 8

/**
 * @param scrolled how far the table is scrolled, pixels
 * @param height of what is in sight, pixels
 * @param rowHeight of each row, pixels
 */
export function rowWindow(count: number, scrolled: number, height: number, rowHeight: number): RowWindow {
  const first = Math.max(0, Math.min(count, Math.floor(scrolled / rowHeight)) - beyond)
  return { first, end: Math.min(count, Math.ceil((scrolled + height) / rowHeight) + beyond) }
}

/** Which column a table is sorted by. */
export interface Sorting {
  readonly column: string
  readonly descending: boolean
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Rows by a text of each, numbers in it by their value: web-2 before web-10. */
export function sortRows<T>(rows: readonly T[], textOf: (row: T) => string, descending: boolean): readonly T[] {
  const keyed = rows.map((row) => [textOf(row), row] as const)
  const sign = descending ? -1 : 1
  return keyed.toSorted(([a], [b]) => sign * collator.compare(a, b)).map(([, row]) => row)
}
