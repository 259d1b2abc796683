import type { KnownError } from '../../../diagnosis/known-error.ts'
import { knownErrorGroups } from '../../../diagnosis/known-errors/index.ts'

/** An entry of the list, with where it comes from. */
export interface ListedError {
  readonly error: KnownError
  /** `Azure CLI`, `Access tokens`, … */
  readonly group: string
  /** Everything that a search looks at, in lower case. */
  readonly text: string
}

/** Every known error in the order of docs/errors.md. */
export const listedErrors: readonly ListedError[] = knownErrorGroups.flatMap(({ title: group, errors }) =>
  errors.map((error) => {
    const clients = error.printedBy.map(({ client }) => client)
    const text = [error.id, error.title, error.meaning, group, ...error.patterns, ...clients].join('\n').toLowerCase()
    return { error, group, text }
  }),
)

/** The entries that have every word of a search. */
export function searchErrors(search: string): readonly ListedError[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return listedErrors.filter(({ text }) => words.every((word) => text.includes(word)))
}
