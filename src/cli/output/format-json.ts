/** JSON as `az` prints it: two spaces, keys in alphabetical order. */
export function formatJson(value: unknown): string {
  return `${JSON.stringify(withSortedKeys(value), undefined, 2)}\n`
}

const colours = { key: '\u001B[94m', string: '\u001B[33m', other: '\u001B[36m', reset: '\u001B[0m' }

/** The same with terminal colours. */
export function formatColouredJson(value: unknown): string {
  const token = /("(?:[^"\\]|\\.)*")(:?)|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g
  return formatJson(value).replaceAll(token, (text, string: string | undefined, colon: string | undefined) => {
    if (string === undefined) return `${colours.other}${text}${colours.reset}`
    return colon ? `${colours.key}${string}${colours.reset}:` : `${colours.string}${string}${colours.reset}`
  })
}

/** A copy whose objects list their keys in alphabetical order. */
export function withSortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, each]) => each !== undefined)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, withSortedKeys(each)]))
}
