import { ArmError } from './arm-error.ts'

/** The fields of an item that a filter can look at, by lower-case name; `tags` for the tag functions. */
export interface Filterable {
  readonly fields: Readonly<Record<string, string | undefined>>
  readonly tags?: Readonly<Record<string, string>> | undefined
}

type Predicate = (item: Filterable) => boolean

/** What a list can be filtered by. */
export interface FilterGrammar {
  /** Names in lower case. */
  readonly fields: readonly string[]
  readonly tags?: boolean
  /** Whether `contains(field,'part')` is understood, which only newer lists do. */
  readonly contains?: boolean
  /** Functions without arguments, in lower case, that let everything through: the scope has decided already. */
  readonly functions?: readonly string[]
}

export interface Filter {
  readonly matches: Predicate
  /** Whether it looks at tags; Azure then leaves the tags out of the items. */
  readonly usesTags: boolean
}

/** As deep as parentheses may go; each level takes a part of the stack. */
const deepest = 32

interface Token {
  readonly kind: 'string' | 'word' | 'mark' | 'end'
  readonly value: string
}

/** A comparison with `tagName`, which a comparison with `tagValue` that follows it makes a pair with. */
type Term = { readonly matches: Predicate; readonly tagName?: string; readonly tagValue?: string }

/**
 * Reads an OData filter of a list (wire.md F.4): `eq` and `ne` joined with `and` and `or`, parentheses, `substringof`,
 * `startswith`, and tags, whose name and value must belong together. Strings compare in any casing. An empty filter lets
 * everything through; a field that the list does not have is refused, since ignoring it would answer with everything.
 * @throws ArmError InvalidFilterInQueryString
 */
export function parseFilter(text: string | undefined, grammar: FilterGrammar): Filter {
  if (text === undefined || text.trim() === '') return { matches: () => true, usesTags: false }
  const invalid = new ArmError(
    400,
    'InvalidFilterInQueryString',
    `Invalid $filter '${text.slice(0, 500)}' specified in the query string.`,
  )
  const tokens = readTokens(text, invalid)
  let position = 0
  let depth = 0
  let usesTags = false
  const peek = (): Token => tokens[position] ?? { kind: 'end', value: '' }
  const take = (kind: Token['kind'], value?: string): string => {
    const token = peek()
    if (token.kind !== kind || (value !== undefined && token.value !== value)) throw invalid
    position++
    return token.value
  }
  const isWord = (value: string) => peek().kind === 'word' && peek().value === value
  const field = (): string => {
    const name = take('word')
    if (!grammar.fields.includes(name)) throw invalid
    return name
  }

  const or = (): Predicate => {
    const parts = [and()]
    while (isWord('or')) {
      position++
      parts.push(and())
    }
    return (item) => parts.some((part) => part(item))
  }
  const and = (): Predicate => {
    const parts = [term()]
    while (isWord('and')) {
      position++
      const next = term()
      const { tagName } = parts.at(-1) ?? {}
      if (tagName !== undefined && next.tagValue !== undefined) {
        parts.pop()
        parts.push({ matches: hasTag(tagName, next.tagValue) })
      } else parts.push(next)
    }
    return (item) => parts.every((part) => part.matches(item))
  }
  const term = (): Term => {
    if (peek().kind === 'mark' && peek().value === '(') {
      if (++depth > deepest) throw invalid
      take('mark', '(')
      const matches = or()
      take('mark', ')')
      depth--
      return { matches }
    }
    if (isWord('substringof') || isWord('startswith') || (grammar.contains && isWord('contains')))
      return { matches: textFunction(take('word')) }
    if (peek().kind === 'word' && grammar.functions?.includes(peek().value)) {
      position++
      take('mark', '(')
      take('mark', ')')
      return { matches: () => true }
    }
    return comparison()
  }
  const comparison = (): Term => {
    const isTag = grammar.tags && (isWord('tagname') || isWord('tagvalue'))
    const name = isTag ? take('word') : field()
    const operator = take('word')
    if (operator !== 'eq' && operator !== 'ne') throw invalid
    const value = take('string').toLowerCase()
    if (isTag) usesTags = true
    const equals: Predicate =
      name === 'tagname'
        ? hasTag(value, undefined)
        : name === 'tagvalue'
          ? hasTag(undefined, value)
          : (item) => item.fields[name]?.toLowerCase() === value
    if (operator === 'ne') return { matches: (item) => !equals(item) }
    if (!isTag) return { matches: equals }
    return name === 'tagname' ? { matches: equals, tagName: value } : { matches: equals, tagValue: value }
  }
  const textFunction = (name: string): Predicate => {
    take('mark', '(')
    if (name === 'substringof') {
      const part = take('string').toLowerCase()
      take('mark', ',')
      const wanted = field()
      take('mark', ')')
      return (item) => (item.fields[wanted] ?? '').toLowerCase().includes(part)
    }
    const isTagName = grammar.tags && isWord('tagname')
    const wanted = isTagName ? take('word') : field()
    take('mark', ',')
    const start = take('string').toLowerCase()
    take('mark', ')')
    const fits = (text: string) => (name === 'contains' ? text.includes(start) : text.startsWith(start))
    if (!isTagName) return (item) => fits((item.fields[wanted] ?? '').toLowerCase())
    usesTags = true
    return (item) => Object.keys(item.tags ?? {}).some((tag) => fits(tag.toLowerCase()))
  }

  const matches = or()
  take('end')
  return { matches, usesTags }
}

function readTokens(text: string, invalid: ArmError): readonly Token[] {
  const tokens = text.matchAll(/\s*(?:'((?:[^']|'')*)'|([A-Za-z][\w/.]*)|([(),])|(\S))/g)
  return [...tokens].map(([, string, word, mark]): Token => {
    if (string !== undefined) return { kind: 'string', value: string.replaceAll("''", "'") }
    if (word !== undefined) return { kind: 'word', value: word.toLowerCase() }
    if (mark !== undefined) return { kind: 'mark', value: mark }
    throw invalid
  })
}

/** Whether an item has a tag of that name, that value, or both; in lower case. */
function hasTag(name: string | undefined, value: string | undefined): Predicate {
  return ({ tags }) =>
    Object.entries(tags ?? {}).some(
      ([tag, held]) =>
        (name === undefined || tag.toLowerCase() === name) && (value === undefined || held.toLowerCase() === value),
    )
}
