import { filterTokens, invalidFilter, type FilterToken } from './filter-tokens.ts'
import { unsupportedQuery } from './graph-error.ts'
import type { EntityType, EntityView, GraphValue } from './entity.ts'

type Predicate = (view: EntityView) => boolean

/** Deeper than any filter that a person writes; more would only exhaust the stack. */
const deepest = 20

/**
 * Compiles an OData `$filter` over objects of a type: `eq`, `in`, `startswith(property,'…')`, `collection/any(x:x eq '…')`
 * (also with startswith), combined with `and`, `or` and parentheses. Text is compared in any casing, as the directory does.
 * @throws GraphError
 */
export function compileFilter(filter: string, type: EntityType): Predicate {
  const properties = type.filterable
  const tokens = filterTokens(filter)
  let position = 0

  const peek = (): FilterToken | undefined => tokens[position]
  const isWord = (word: string) => peek()?.kind === 'word' && peek()?.text.toLowerCase() === word
  const unexpected = () => invalidFilter(`Syntax error: unexpected '${peek()?.text ?? 'end'}' in '${filter}'.`)
  function next(kind: FilterToken['kind'], text?: string): string {
    const token = peek()
    if (token?.kind !== kind || (text !== undefined && token.text.toLowerCase() !== text)) throw unexpected()
    position += 1
    return token.text
  }

  function disjunction(depth: number): Predicate {
    const parts = [conjunction(depth)]
    while (isWord('or')) {
      next('word')
      parts.push(conjunction(depth))
    }
    return (view) => parts.some((part) => part(view))
  }

  function conjunction(depth: number): Predicate {
    const parts = [condition(depth)]
    while (isWord('and')) {
      next('word')
      parts.push(condition(depth))
    }
    return (view) => parts.every((part) => part(view))
  }

  function condition(depth: number): Predicate {
    if (depth > deepest) throw invalidFilter('The filter is nested too deeply.')
    if (peek()?.text === '(' && peek()?.kind === 'punctuation') {
      next('punctuation')
      const inner = disjunction(depth + 1)
      next('punctuation', ')')
      return inner
    }
    if (isWord('not')) throw unsupportedQuery("Unsupported property filter clause operator 'Not'.")
    if (isWord('startswith')) {
      const { subject, matches } = startsWith()
      const name = property(subject, 'string')
      return (view) => matches(view[name])
    }
    const path = next('word')
    const [collection, any] = path.split('/')
    if (any !== undefined) return anyOf(collection ?? '', any)
    if (!Object.hasOwn(properties, path)) throw cannotFilter(path)
    const matches = comparison(properties[path] === 'boolean')
    const name = property(path, properties[path] === 'boolean' ? 'boolean' : 'string')
    return (view) => matches(view[name])
  }

  /** `/any(x:x eq '…')`, from the parenthesis on. */
  function anyOf(collection: string, operator: string): Predicate {
    if (operator.toLowerCase() !== 'any') throw unexpected()
    const name = property(collection, 'collection')
    next('punctuation', '(')
    const variable = next('word')
    next('punctuation', ':')
    const { subject, matches } = isWord('startswith') ? startsWith() : { subject: next('word'), matches: comparison(false) }
    if (subject !== variable) throw unexpected()
    next('punctuation', ')')
    return (view) => [view[name]].flat().some((value) => matches(value))
  }

  function startsWith() {
    next('word')
    next('punctuation', '(')
    const subject = next('word')
    next('punctuation', ',')
    const prefix = next('string').toLowerCase()
    next('punctuation', ')')
    const matches = (value: unknown) => typeof value === 'string' && value.toLowerCase().startsWith(prefix)
    return { subject, matches }
  }

  /** `eq` and a literal, or `in` and a list of them. */
  function comparison(isBoolean: boolean): (value: GraphValue | undefined) => boolean {
    const operator = next('word').toLowerCase()
    if (operator === 'eq') {
      const wanted = literal(isBoolean)
      return (value) => same(value, wanted)
    }
    if (operator === 'in') {
      const wanted: GraphValue[] = []
      next('punctuation', '(')
      do wanted.push(literal(isBoolean))
      while (peek()?.text === ',' && next('punctuation'))
      next('punctuation', ')')
      return (value) => wanted.some((one) => same(value, one))
    }
    if (operator === 'ne') throw unsupportedQuery("Unsupported property filter clause operator 'NotEqualsMatch'.")
    throw invalidFilter(`Syntax error: unknown operator '${operator}' in '${filter}'.`)
  }

  function literal(isBoolean: boolean): GraphValue {
    if (!isBoolean && peek()?.kind === 'string') return next('string')
    const word = next('word')
    if (word === 'null') return null
    if (isBoolean && (word === 'true' || word === 'false')) return word === 'true'
    // A GUID may stand without quotes, for a property of that type.
    if (!isBoolean && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(word)) return word
    position -= 1
    throw unexpected()
  }

  function property(name: string, kind: 'string' | 'boolean' | 'collection'): string {
    if (properties[name] !== kind) throw cannotFilter(name)
    return name
  }

  function cannotFilter(name: string): Error {
    if (!type.propertyNames.includes(name))
      return invalidFilter(`Could not find a property named '${name}' on type 'microsoft.graph.${type.name}'.`)
    return unsupportedQuery(
      `Unsupported or invalid query filter clause specified for property '${name}' of resource '${type.resource}'.`,
    )
  }

  const predicate = disjunction(0)
  if (peek()) throw unexpected()
  return predicate
}

function same(value: GraphValue | undefined, wanted: GraphValue): boolean {
  return typeof value === 'string' && typeof wanted === 'string' ? value.toLowerCase() === wanted.toLowerCase() : value === wanted
}
