type Facts = Readonly<Record<string, string | readonly string[]>>

const unquote = (text: string) => text.replaceAll("''", "'")

/**
 * The OData filters that role assignment sends: `name eq 'x'`, `startswith(name,'x')`, `names/any(c:c eq 'x')`.
 * @returns undefined for any other filter
 */
export function matchesFilter(filter: string, facts: Facts): boolean | undefined {
  const equals = /^\(?(\w+) eq '((?:[^']|'')*)'\)?$/i.exec(filter)
  if (equals) return same(facts[equals[1] ?? ''], unquote(equals[2] ?? ''))
  const starts = /^startswith\((\w+), ?'((?:[^']|'')*)'\)$/i.exec(filter)
  if (starts) {
    const value = facts[starts[1] ?? '']
    return typeof value === 'string' && value.toLowerCase().startsWith(unquote(starts[2] ?? '').toLowerCase())
  }
  const any = /^\(?(\w+)\/any\((\w+): ?\2 eq '((?:[^']|'')*)'\)\)?$/i.exec(filter)
  if (any) return same(facts[any[1] ?? ''], unquote(any[3] ?? ''))
  return undefined
}

function same(value: string | readonly string[] | undefined, wanted: string): boolean {
  const values = typeof value === 'string' ? [value] : (value ?? [])
  return values.some((one) => one.toLowerCase() === wanted.toLowerCase())
}
