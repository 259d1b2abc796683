import type { MachineIdentity } from '../machines/machine.ts'
import { foreignSelector, identityNotFound, severalIdentities, severalSelectors, type TokenError } from './metadata-errors.ts'
import type { Query } from './query.ts'

/** Which identity a token request names; undefined where a function takes it when it names none. */
export interface Selector {
  readonly by: 'clientId' | 'objectId' | 'resourceId'
  readonly value: string
}

const selectors: ReadonlyMap<string, Selector['by']> = new Map([
  ['client_id', 'clientId'],
  ['object_id', 'objectId'],
  ['msi_res_id', 'resourceId'],
  ['mi_res_id', 'resourceId'],
  ['msi-res-id', 'resourceId'],
  ['resource_id', 'resourceId'],
])

/** Names without separators that mean a selector somewhere else. */
const foreign = /^(?:msi|mi)?(?:client|object|principal|resource|res)id$/

/**
 * The selector of a token request.
 * @returns undefined when there is none; the error when there are several, or one of another token source
 */
export function readSelector(query: Query): Selector | TokenError | undefined {
  let found: Selector | undefined
  for (const [name, value] of query) {
    const by = selectors.get(name)
    if (by === undefined) {
      if (foreign.test(name.replaceAll(/[-_]/g, ''))) return foreignSelector(name)
      continue
    }
    if (found) return severalSelectors
    found = { by, value }
  }
  return found
}

/**
 * The identity that a token is for (wire.md D.4). Never another than the one asked for.
 * @param identities those that the machine has now
 */
export function selectIdentity(
  identities: readonly MachineIdentity[],
  selector: Selector | undefined,
): MachineIdentity | TokenError {
  if (selector) return identities.find((identity) => matches(identity, selector)) ?? identityNotFound
  const system = identities.find((identity) => identity.userAssignedId === undefined)
  if (system) return system
  if (identities.length > 1) return severalIdentities
  return identities[0] ?? identityNotFound
}

function matches(identity: MachineIdentity, { by, value }: Selector): boolean {
  const own =
    by === 'clientId' ? identity.principal.clientId : by === 'objectId' ? identity.principal.objectId : identity.userAssignedId
  return own !== undefined && own.toLowerCase() === value.toLowerCase()
}
