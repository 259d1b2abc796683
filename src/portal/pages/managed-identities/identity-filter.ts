import { groupOf } from '../../../api-client/resource-ids.ts'
import type { ManagedIdentity } from '../../api/managed-identities.ts'
import type { IdentityFilter } from '../../paths.ts'

/** GUID of the subscription in an ARM id, in lower case. */
export function subscriptionOf(id: string): string {
  return /^\/subscriptions\/([^/]+)/i.exec(id)?.[1]?.toLowerCase() ?? ''
}

/** The identities that a filter leaves. Every word of its text must be in the name, the group, the location or an id. */
export function filterIdentities(
  identities: readonly ManagedIdentity[],
  { filter = '', subscription, kind }: IdentityFilter,
): readonly ManagedIdentity[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  return identities.filter((identity) => {
    const { resourceId, name, clientId, principalId, location } = identity
    const text = [name, groupOf(resourceId) ?? '', location, clientId, principalId].join('\n').toLowerCase()
    return (
      words.every((word) => text.includes(word)) &&
      (!subscription || subscriptionOf(resourceId) === subscription.toLowerCase()) &&
      (!kind || identity.kind === kind)
    )
  })
}

/** What is wrong with the name of an identity; undefined for one that can be taken, and for none. */
export function mistakeInIdentityName(name: string): string | undefined {
  if (name === '' || /^[A-Za-z0-9][A-Za-z0-9_-]{2,127}$/.test(name)) return undefined
  return 'It begins with a letter or a digit, and has 3 to 128 letters, digits, hyphens and underscores.'
}
