import { foldText, type FoldedText } from './fold-text.ts'

/** A text with gaps: literal pieces in their order, and the name of what stands between each and the next. */
export interface TextPattern {
  readonly source: string
  /** Folded, in lower case. */
  readonly pieces: readonly string[]
  /** One less than the pieces; undefined for `{}`, a gap that nobody needs. */
  readonly gaps: readonly (string | undefined)[]
  /** Characters of all pieces: how much of a text has to agree. */
  readonly length: number
}

export interface PatternMatch {
  /** Where it begins in the folded text. */
  readonly at: number
  readonly variables: Readonly<Record<string, string>>
}

/** How many characters of the folded text a gap may span: an ARM id, a list of scopes; not a page. */
const longestGap = 600

/**
 * Reads a pattern: the text that is printed, with `{name}` or `{}` where it differs from one time to the next. White space, the kind
 * of quotes and the casing do not count.
 *
 * It is deliberately not a regular expression: pieces are found one after the other, each only once, so that matching takes time
 * in proportion to the text whatever the text is.
 * @throws Error for a pattern that begins or ends with a gap, or has two in a row: where it ends would be a guess
 */
export function parsePattern(source: string): TextPattern {
  const parts = source.split(/\{(\w*)\}/)
  const pieces = parts.filter((_, index) => index % 2 === 0).map((piece) => foldText(piece).lower)
  const gaps = parts.filter((_, index) => index % 2 === 1).map((name) => name || undefined)
  if (pieces.some((piece) => piece === '')) throw new Error(`The pattern '${source}' has a gap without text on both sides.`)
  return { source, pieces, gaps, length: pieces.reduce((sum, piece) => sum + piece.length, 0) }
}

/**
 * The first place where the pattern matches; undefined when there is none. Each piece is searched from left to right once: positions
 * only grow, so the work is at most the length of the text times the number of pieces.
 */
export function matchPattern({ pieces, gaps }: TextPattern, { text, lower }: FoldedText): PatternMatch | undefined {
  const found: number[] = pieces.map(() => -1)
  for (let start = 0; ; start++) {
    start = nextOccurrence(lower, pieces[0] ?? '', start)
    if (start < 0) return undefined
    const ends = [start + (pieces[0]?.length ?? 0)]
    let isWhole = true
    for (let index = 1; index < pieces.length && isWhole; index++) {
      const piece = pieces[index] ?? ''
      const from = ends[index - 1] ?? 0
      // What was found for an earlier start still stands when it lies behind this one.
      let at = found[index] ?? -1
      if (at < from) at = nextOccurrence(lower, piece, from)
      if (at < 0) return undefined
      found[index] = at
      isWhole = at - from <= longestGap
      ends.push(at + piece.length)
    }
    if (!isWhole) continue
    return { at: start, variables: readGaps(text, pieces, gaps, ends) }
  }
}

function nextOccurrence(text: string, piece: string, from: number): number {
  return text.indexOf(piece, from)
}

function readGaps(
  text: string,
  pieces: readonly string[],
  gaps: readonly (string | undefined)[],
  ends: readonly number[],
): Record<string, string> {
  const variables: Record<string, string> = {}
  for (const [index, name] of gaps.entries()) {
    if (name === undefined) continue
    const end = (ends[index + 1] ?? 0) - (pieces[index + 1]?.length ?? 0)
    variables[name] ??= text.slice(ends[index], end)
  }
  return variables
}
