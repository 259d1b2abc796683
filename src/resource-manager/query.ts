/** A query parameter as text; the first where a client repeats it. Undefined when it is absent. */
export function queryValue(query: unknown, name: string): string | undefined {
  const value = (query as Readonly<Record<string, string | readonly string[] | undefined>>)[name]
  return typeof value === 'string' ? value : value?.[0]
}
