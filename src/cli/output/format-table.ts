/** `az` makes a column two wider than its header. */
const headerPadding = 2
const leftOut = new Set(['id', 'type', 'etag'])

/**
 * A table as `az` prints it: columns from the simple top-level fields (`id`, `type` and `etag` left out), a dashed header.
 * @param keysInOrder false sorts the columns by name, as `az` does without `--query`
 */
export function formatTable(value: unknown, keysInOrder: boolean): string {
  const rows = (Array.isArray(value) ? value : [value]).map((item: unknown) => rowOf(item, keysInOrder))
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))]
  if (columns.length === 0) return '\n'
  const widths = columns.map((column) =>
    Math.max(column.length + headerPadding, ...rows.map((row) => row.get(column)?.length ?? 0)),
  )
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd()
  const lines = [
    line(columns),
    line(widths.map((width) => '-'.repeat(width))),
    ...rows.map((row) => line(columns.map((column) => row.get(column) ?? ''))),
  ]
  return `${lines.join('\n')}\n`
}

function rowOf(item: unknown, keysInOrder: boolean): Map<string, string> {
  if (Array.isArray(item)) return new Map(item.map((cell: unknown, index) => [`Column${index + 1}`, cellOf(cell)]))
  if (typeof item !== 'object' || item === null) return new Map([['Result', cellOf(item)]])
  const entries = Object.entries(item).filter(
    ([key, cell]) => !leftOut.has(key) && cell !== null && typeof cell !== 'object' && cell !== undefined,
  )
  if (!keysInOrder) entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return new Map(entries.map(([key, cell]) => [`${key.charAt(0).toUpperCase()}${key.slice(1)}`, cellOf(cell)]))
}

function cellOf(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'boolean') return cell ? 'True' : 'False'
  return typeof cell === 'string' ? cell : JSON.stringify(cell)
}
