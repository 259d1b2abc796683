import { filterTokens, invalidFilter, type FilterToken } from './filter-tokens.ts'
import { unsupportedQuery } from './graph-error.ts'
import type { SignInView } from './sign-in-view.ts'

type Kind = 'string' | 'boolean' | 'number' | 'date' | 'collection'

/** Properties that a filter may name, those of a part by their path. */
const properties: Readonly<Record<string, Kind>> = {
  id: 'string',
  createdDateTime: 'date',
  userDisplayName: 'string',
  userPrincipalName: 'string',
  userId: 'string',
  appId: 'string',
  appDisplayName: 'string',
  ipAddress: 'string',
  correlationId: 'string',
  isInteractive: 'boolean',
  resourceDisplayName: 'string',
  resourceId: 'string',
  servicePrincipalId: 'string',
  servicePrincipalName: 'string',
  uniqueTokenIdentifier: 'string',
  signInEventTypes: 'collection',
  'status/errorCode': 'number',
  'status/failureReason': 'string',
  'managedServiceIdentity/msiType': 'string',
  'managedServiceIdentity/associatedResourceId': 'string',
  'lanyard/machineId': 'string',
}

/** Deeper than any filter that a person writes. */
const deepest = 20

/** What a filter asks for: bounds that any match keeps, inclusive, in milliseconds since the epoch, and the rest. */
export interface SignInFilter {
  readonly from: number | undefined
  readonly to: number | undefined
  readonly matches: (view: SignInView) => boolean
}

interface Condition {
  readonly matches: (view: SignInView) => boolean
  readonly from?: number
  readonly to?: number
}

/**
 * Compiles an OData `$filter` over sign-ins: `eq`, `ne`, `ge`, `gt`, `le`, `lt`, `startswith(property,'…')`, `endswith`,
 * `signInEventTypes/any(t:t eq '…')`, joined with `and`, `or` and parentheses. Text compares in any casing.
 * @throws GraphError
 */
export function compileSignInFilter(filter: string): SignInFilter {
  const tokens = filterTokens(filter)
  let position = 0
  const peek = (): FilterToken | undefined => tokens[position]
  const isWord = (word: string) => peek()?.kind === 'word' && peek()?.text.toLowerCase() === word
  const unexpected = () => invalidFilter(`Syntax error: unexpected '${peek()?.text ?? 'end'}' in '${filter.slice(0, 500)}'.`)
  function next(kind: FilterToken['kind'], text?: string): string {
    const token = peek()
    if (token?.kind !== kind || (text !== undefined && token.text !== text)) throw unexpected()
    position += 1
    return token.text
  }

  function disjunction(depth: number): Condition {
    const parts = [conjunction(depth)]
    while (isWord('or')) {
      next('word')
      parts.push(conjunction(depth))
    }
    const [only, another] = parts
    return only && another === undefined ? only : { matches: (view) => parts.some((part) => part.matches(view)) }
  }

  function conjunction(depth: number): Condition {
    const parts = [condition(depth)]
    while (isWord('and')) {
      next('word')
      parts.push(condition(depth))
    }
    const bounds = (name: 'from' | 'to') => parts.flatMap((part) => part[name] ?? [])
    const [from, to] = [bounds('from'), bounds('to')]
    return {
      matches: (view) => parts.every((part) => part.matches(view)),
      ...(from.length > 0 && { from: Math.max(...from) }),
      ...(to.length > 0 && { to: Math.min(...to) }),
    }
  }

  function condition(depth: number): Condition {
    if (depth > deepest) throw invalidFilter('The filter is nested too deeply.')
    if (peek()?.kind === 'punctuation') {
      next('punctuation', '(')
      const inner = disjunction(depth + 1)
      next('punctuation', ')')
      return inner
    }
    if (isWord('not')) throw unsupportedQuery("Unsupported property filter clause operator 'Not'.")
    if (isWord('startswith') || isWord('endswith')) return textFunction()
    const path = next('word')
    if (/\/any$/i.test(path)) return anyOf(path.slice(0, -'/any'.length))
    const kind = kindOf(path)
    if (kind === 'collection') throw unexpected()
    const operator = next('word').toLowerCase()
    const wanted = literal(kind)
    if (!['eq', 'ne', 'ge', 'gt', 'le', 'lt'].includes(operator)) throw unexpected()
    if (operator !== 'eq' && operator !== 'ne' && kind !== 'date' && kind !== 'number') {
      throw unsupportedQuery(`Unsupported filter clause operator '${operator}' for property '${path}'.`)
    }
    const matches = (view: SignInView) => compare(operator, comparable(valueAt(view, path), kind), wanted)
    if (path !== 'createdDateTime' || typeof wanted !== 'number') return { matches }
    if (operator === 'ge' || operator === 'gt') return { matches, from: wanted }
    return operator === 'le' || operator === 'lt' ? { matches, to: wanted } : { matches }
  }

  function textFunction(): Condition {
    const isStart = next('word').toLowerCase() === 'startswith'
    next('punctuation', '(')
    const path = next('word')
    if (kindOf(path) !== 'string') throw cannotFilter(path)
    next('punctuation', ',')
    const part = next('string').toLowerCase()
    next('punctuation', ')')
    return {
      matches: (view) => {
        const value = comparable(valueAt(view, path), 'string')
        return typeof value === 'string' && (isStart ? value.startsWith(part) : value.endsWith(part))
      },
    }
  }

  /** `/any(t:t eq '…')`, from the parenthesis on. */
  function anyOf(path: string): Condition {
    if (kindOf(path) !== 'collection') throw cannotFilter(path)
    next('punctuation', '(')
    const variable = next('word')
    next('punctuation', ':')
    next('word', variable)
    const operator = next('word').toLowerCase()
    if (operator !== 'eq') throw unexpected()
    const wanted = next('string').toLowerCase()
    next('punctuation', ')')
    return { matches: (view) => (valueAt(view, path) as readonly string[]).some((one) => one.toLowerCase() === wanted) }
  }

  /** The value to compare with, as `comparable` gives the other one. */
  function literal(kind: Kind): string | number | boolean | null {
    if (isWord('null')) {
      next('word')
      return null
    }
    if (kind === 'string' && peek()?.kind === 'string') return next('string').toLowerCase()
    const word = peek()?.kind === 'string' && kind === 'date' ? next('string') : next('word')
    if (kind === 'boolean' && (word === 'true' || word === 'false')) return word === 'true'
    if (kind === 'number' && /^-?\d{1,9}$/.test(word)) return Number(word)
    // A GUID may stand without quotes.
    if (kind === 'string' && /^[\w-]+$/.test(word)) return word.toLowerCase()
    if (kind === 'date') {
      // A time without quotes falls apart at its colons.
      let text = word
      while (peek()?.text === ':') text += `${next('punctuation')}${next('word')}`
      const time = Date.parse(text)
      if (!Number.isNaN(time)) return time
    }
    throw invalidFilter(`'${word.slice(0, 100)}' is no value for a ${kind} in '${filter.slice(0, 500)}'.`)
  }

  function kindOf(path: string): Kind {
    const kind = Object.hasOwn(properties, path) ? properties[path] : undefined
    if (kind === undefined) throw cannotFilter(path)
    return kind
  }

  const cannotFilter = (path: string) =>
    invalidFilter(
      `Could not find a property named '${path.slice(0, 100)}' on type 'microsoft.graph.signIn', or it cannot be filtered by.`,
    )

  const { matches, from, to } = disjunction(0)
  if (peek()) throw unexpected()
  return { matches, from, to }
}

function valueAt(view: SignInView, path: string): unknown {
  const [name = '', part] = path.split('/')
  const value = view[name]
  return part === undefined ? value : (value as Readonly<Record<string, unknown>> | null)?.[part]
}

function comparable(value: unknown, kind: Kind): string | number | boolean | null {
  if (kind === 'date') return Date.parse(String(value))
  if (typeof value === 'string') return value.toLowerCase()
  return typeof value === 'number' || typeof value === 'boolean' ? value : null
}

type Literal = string | number | boolean | null

function compare(operator: string, one: Literal, other: Literal): boolean {
  if (operator === 'eq') return one === other
  if (operator === 'ne') return one !== other
  if (one === null || other === null) return false
  if (operator === 'ge') return one >= other
  if (operator === 'gt') return one > other
  return operator === 'le' ? one <= other : one < other
}
