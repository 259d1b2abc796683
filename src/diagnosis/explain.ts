import { foldText } from './fold-text.ts'
import type { Depth, Fixes, KnownError } from './known-error.ts'
import { knownErrors } from './known-errors/index.ts'
import { matchPattern, parsePattern, type TextPattern } from './text-pattern.ts'
import { fillIn, readVariables, type Variables } from './variables.ts'

/** A known error that was found in a text. */
export interface Finding {
  readonly error: KnownError
  /** What was read out of the text, as far as it is safe in a command. */
  readonly variables: Variables
  /** The pattern that matched. */
  readonly pattern: string
}

/** What is known of a text. No finding: the text is unknown. */
export interface Explanation {
  /** The one that says most of the reason comes first. */
  readonly findings: readonly Finding[]
  /** Whether the text was so long that some of its middle was not looked at. */
  readonly isCut: boolean
}

interface Candidate extends Finding {
  readonly length: number
  readonly at: number
}

const rank: Readonly<Record<Depth, number>> = { cause: 0, symptom: 1, wrapper: 2 }
let parsed: readonly { readonly error: KnownError; readonly patterns: readonly TextPattern[] }[] | undefined

/**
 * Finds the known errors in a text, whatever else is in it. Those that name a cause come before those that only say what did not work;
 * within each, the one of whose text most was recognised. What one finding reads out of the text (a scope, a client id) serves
 * the commands of all.
 * @param text may be of any size and in any language: error codes are the same in each
 */
export function explain(text: string): Explanation {
  const folded = foldText(text)
  parsed ??= knownErrors.map((error) => ({ error, patterns: error.patterns.map(parsePattern) }))
  const candidates: Candidate[] = []
  for (const { error, patterns } of parsed) {
    let best: Candidate | undefined
    for (const pattern of patterns) {
      if (best && best.length >= pattern.length) continue
      const match = matchPattern(pattern, folded)
      if (match) best = { error, variables: match.variables, pattern: pattern.source, length: pattern.length, at: match.at }
    }
    if (best) candidates.push(best)
  }
  candidates.sort((a, b) => rank[a.error.depth] - rank[b.error.depth] || b.length - a.length || a.at - b.at)
  const shared: Record<string, string> = {}
  for (const { variables } of candidates.toReversed()) Object.assign(shared, readVariables(variables))
  return {
    findings: candidates.map(({ error, variables, pattern }) => ({
      error,
      variables: { ...shared, ...readVariables(variables) },
      pattern,
    })),
    isCut: folded.isCut,
  }
}

/** The fixes with what was found in the text. */
export function fixesFor({ variables }: Pick<Finding, 'variables'>, fixes: Fixes): Fixes {
  return Object.fromEntries(Object.entries(fixes).map(([kind, command]) => [kind, fillIn(String(command), variables)]))
}

/** An entry by its id, as if its text had been found; undefined when there is none of that id. */
export function explainById(id: string): Explanation | undefined {
  const error = knownErrors.find((each) => each.id === id)
  return error && { findings: [{ error, variables: {}, pattern: '' }], isCut: false }
}
