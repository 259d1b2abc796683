/**
 * A query parameter as text, its name in any casing; the first where a client repeats it. Undefined when it is absent.
 * @param query as the HTTP plumbing parsed it
 */
export function queryValue(query: unknown, name: string): string | undefined {
  for (const [key, value] of Object.entries(query as Readonly<Record<string, string | readonly string[] | undefined>>)) {
    if (key.toLowerCase() === name.toLowerCase()) return typeof value === 'string' ? value : value?.[0]
  }
  return undefined
}
