import { ArmError } from './arm-error.ts'

/** The fields of an item that a filter can look at, by lower-case name; `tags` for the tag functions. */
export interface Filterable {
  readonly fields: Readonly<Record<string, string | undefined>>
  readonly tags: Readonly<Record<string, string>>
}

type Predicate = (item: Filterable) => boolean

/**
 * Reads an OData filter of resource lists (wire.md F.4): `eq` and `ne` joined with `and` and `or`, `substringof`,
 * `startswith`, tags. An empty filter lets everything through.
 * @throws ArmError InvalidFilterInQueryString
 */
export function parseFilter(text: string | undefined): Predicate {
  if (text === undefined || text.trim() === '') return () => true
  const invalid = new ArmError(400, 'InvalidFilterInQueryString', `Invalid $filter '${text}' specified in the query string.`)
  const tokens = [...text.matchAll(/\s*(?:'((?:[^']|'')*)'|([A-Za-z][\w/.]*)|([(),])|(\S))/g)].map(([, string, word, mark]) => {
    if (string !== undefined) return { kind: 'string', value: string.replaceAll("''", "'") } as const
    if (word !== undefined) return { kind: 'word', value: word.toLowerCase() } as const
    if (mark !== undefined) return { kind: 'mark', value: mark } as const
    throw invalid
  })
  let position = 0
  const peek = () => tokens[position]
  const take = (kind: 'string' | 'word' | 'mark', value?: string): string => {
    const token = tokens[position++]
    if (token?.kind !== kind || (value !== undefined && token.value !== value)) throw invalid
    return token.value
  }
  const or = (): Predicate => {
    const parts = [and()]
    while (peek()?.value === 'or') {
      take('word')
      parts.push(and())
    }
    return (item) => parts.some((part) => part(item))
  }
  const and = (): Predicate => {
    const parts = [term()]
    while (peek()?.value === 'and') {
      take('word')
      parts.push(term())
    }
    return (item) => parts.every((part) => part(item))
  }
  const term = (): Predicate => {
    if (peek()?.value === '(') {
      take('mark', '(')
      const inner = or()
      take('mark', ')')
      return inner
    }
    const name = take('word')
    if (name === 'substringof' || name === 'startswith') return textFunction(name)
    const operator = take('word')
    if (operator !== 'eq' && operator !== 'ne') throw invalid
    const value = take('string').toLowerCase()
    const equals = comparison(name, value)
    return operator === 'eq' ? equals : (item) => !equals(item)
  }
  const textFunction = (name: 'substringof' | 'startswith'): Predicate => {
    take('mark', '(')
    const first = name === 'substringof' ? take('string') : take('word')
    take('mark', ',')
    const second = name === 'substringof' ? take('word') : take('string')
    take('mark', ')')
    if (name === 'substringof') return (item) => (item.fields[second] ?? '').toLowerCase().includes(first.toLowerCase())
    if (first === 'tagname')
      return (item) => Object.keys(item.tags).some((tag) => tag.toLowerCase().startsWith(second.toLowerCase()))
    return (item) => (item.fields[first] ?? '').toLowerCase().startsWith(second.toLowerCase())
  }
  const predicate = or()
  if (position < tokens.length) throw invalid
  return predicate
}

function comparison(name: string, value: string): Predicate {
  if (name === 'tagname') return (item) => Object.keys(item.tags).some((tag) => tag.toLowerCase() === value)
  if (name === 'tagvalue') return (item) => Object.values(item.tags).some((tag) => tag.toLowerCase() === value)
  return (item) => item.fields[name]?.toLowerCase() === value
}
