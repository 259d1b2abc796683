import { badRequest } from './graph-error.ts'

export interface FilterToken {
  /** `word`: a name, a keyword, a literal without quotes, or a path such as `names/any`. */
  readonly kind: 'word' | 'string' | 'punctuation'
  /** Of a string: its content. */
  readonly text: string
}

/**
 * Splits an OData `$filter` into tokens. A quote in a string is doubled.
 * @throws GraphError at a character that starts none
 */
export function filterTokens(filter: string): readonly FilterToken[] {
  const token = /\s*(?:'((?:[^']|'')*)'|([\w./-]+)|([(),:]))/y
  const tokens: FilterToken[] = []
  const end = filter.trimEnd().length
  while (token.lastIndex < end) {
    const start = token.lastIndex
    const found = token.exec(filter)
    if (!found) throw invalidFilter(`Syntax error at position ${start} in '${filter}'.`)
    const [, string, word, punctuation] = found
    if (string !== undefined) tokens.push({ kind: 'string', text: string.replaceAll("''", "'") })
    else if (word !== undefined) tokens.push({ kind: 'word', text: word })
    else tokens.push({ kind: 'punctuation', text: punctuation ?? '' })
  }
  return tokens
}

export const invalidFilter = (detail: string) => badRequest(`Invalid filter clause: ${detail}`)
