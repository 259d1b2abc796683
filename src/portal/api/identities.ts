import type { Resource } from '../../contracts/resource.ts'
import type { Platform } from './platform.ts'
import { patchResource } from './resources.ts'

/** What of a resource's identities is to be changed. */
export interface IdentityChange {
  /** Whether the system-assigned identity is to be on; left as it is when left out. */
  readonly system?: boolean
  /** ARM ids of user-assigned identities. */
  readonly add?: readonly string[]
  readonly remove?: readonly string[]
}

/** Whether a resource's system-assigned identity is on. */
export function hasSystemIdentity({ identity }: Pick<Resource, 'identity'>): boolean {
  return /systemassigned/i.test(identity?.type ?? '')
}

/** ARM ids of a resource's user-assigned identities. */
export function userAssignedIds({ identity }: Pick<Resource, 'identity'>): readonly string[] {
  return Object.keys(identity?.userAssignedIdentities ?? {})
}

/** The identity block of a merge patch that makes the change and nothing else. */
export function identityPatch(resource: Pick<Resource, 'identity'>, { system, add = [], remove = [] }: IdentityChange): object {
  const removed = new Set(remove.map((id) => id.toLowerCase()))
  const left = userAssignedIds(resource).filter((id) => !removed.has(id.toLowerCase()))
  const types = [
    ...((system ?? hasSystemIdentity(resource)) ? ['SystemAssigned'] : []),
    ...(left.length + add.length > 0 ? ['UserAssigned'] : []),
  ]
  const named = [...add.map((id) => [id, {}] as const), ...remove.map((id) => [id, null] as const)]
  // `None` takes all off by itself, and a type without user-assigned identities may name none to keep.
  const isNamed = named.length > 0 && types.length > 0
  return {
    identity: {
      type: types.length === 0 ? 'None' : types.join(', '),
      ...(isNamed && { userAssignedIdentities: Object.fromEntries(named) }),
    },
  }
}

/** Changes the identities of a resource. @param id its ARM id */
export async function changeIdentity(
  platform: Platform,
  resource: Pick<Resource, 'id' | 'identity'>,
  change: IdentityChange,
): Promise<Resource> {
  return patchResource(platform, resource.id, identityPatch(resource, change))
}
