import { withSortedKeys } from './format-json.ts'

/**
 * Tab-separated values as `az` prints them: a line per item, nothing quoted, null as `None`, a nested list as its length and a
 * nested object as nothing.
 * @param keysInOrder false sorts an object's columns by name, as `az` does without `--query`
 */
export function formatTsv(value: unknown, keysInOrder: boolean): string {
  const rows = Array.isArray(value) ? value : [value]
  return rows.map((row: unknown) => `${formatRow(keysInOrder ? row : withSortedKeys(row))}\n`).join('')
}

function formatRow(row: unknown): string {
  if (typeof row === 'object' && row !== null) return Object.values(row).map(formatCell).join('\t')
  return typeof row === 'boolean' ? String(row) : formatCell(row)
}

function formatCell(cell: unknown): string {
  if (Array.isArray(cell)) return String(cell.length)
  if (cell === null || cell === undefined) return 'None'
  if (typeof cell === 'object') return ''
  if (typeof cell === 'boolean') return cell ? 'True' : 'False'
  return typeof cell === 'string' ? cell : JSON.stringify(cell)
}
