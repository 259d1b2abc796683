import type { Query } from './query.ts'

/** Which identity a token request names. */
export interface Selector {
  readonly by: 'clientId' | 'objectId' | 'resourceId'
  readonly value: string
}

/** The query variables by which a host lets an identity be named; names in lower case. */
export type SelectorNames = ReadonlyMap<string, Selector['by']>

/** Why the selectors of a request cannot be followed. */
export type SelectorMistake = { readonly several: true } | { readonly foreign: string }

/** Names without separators that mean a selector at one host or another. */
const anySelector = /^(?:msi|mi)?(?:client|object|principal|resource|res)id$/

/**
 * The selector of a token request.
 * @returns undefined when there is none; the mistake when there are several, or one of another host: passing that over would pick
 * another identity than the one asked for
 */
export function readSelector(query: Query, names: SelectorNames): Selector | SelectorMistake | undefined {
  let found: Selector | undefined
  for (const [name, value] of query) {
    const by = names.get(name)
    if (by === undefined) {
      if (anySelector.test(name.replaceAll(/[-_]/g, ''))) return { foreign: name }
      continue
    }
    if (found) return { several: true }
    found = { by, value }
  }
  return found
}

/** The instance metadata service's, with the spellings that occur in the wild (wire.md D.4). */
export const imdsSelectors: SelectorNames = new Map([
  ['client_id', 'clientId'],
  ['object_id', 'objectId'],
  ['msi_res_id', 'resourceId'],
  ['mi_res_id', 'resourceId'],
  ['msi-res-id', 'resourceId'],
  ['resource_id', 'resourceId'],
])
