import { apiVersions } from './api-versions.ts'
import { resourceProvider } from '../contracts/resource.ts'
import { UnexpectedAnswerError } from './errors.ts'
import type { AuthorizedClient } from './resource-manager.ts'

/** Path of a subscription. */
export const subscriptionPath = (id: string): string => `/subscriptions/${encodeURIComponent(id)}`

/** Path of a resource group. */
export const groupPath = (subscription: string, name: string): string =>
  `${subscriptionPath(subscription)}/resourceGroups/${encodeURIComponent(name)}`

/** Path of the virtual machines of a group, or of a subscription when `group` is undefined. */
export const virtualMachinesPath = (subscription: string, group: string | undefined): string =>
  `${scopePath(subscription, group)}/providers/Microsoft.Compute/virtualMachines`

/** Path of the user-assigned identities of a group, or of a subscription when `group` is undefined. */
export const identitiesPath = (subscription: string, group: string | undefined): string =>
  `${scopePath(subscription, group)}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`

/** A group, or the subscription when `group` is undefined. */
export const scopePath = (subscription: string, group: string | undefined): string =>
  group === undefined ? subscriptionPath(subscription) : groupPath(subscription, group)

/** The resource group in an ARM id; undefined above that level. */
export function groupOf(id: string): string | undefined {
  return /\/resourceGroups\/([^/]+)/i.exec(id)?.[1]
}

/** A string as an OData filter quotes it. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

/**
 * The newest version of a resource type that is not a preview, as its provider announces it.
 * @param id ARM id of the resource
 */
export async function newestApiVersion(arm: AuthorizedClient, id: string): Promise<string> {
  const match = /^\/subscriptions\/([^/]+)\/.*\/providers\/([^/]+)\/(.+)$/i.exec(id)
  if (!match) return apiVersions.groups
  const [, subscription = '', namespace = '', rest = ''] = match
  const type = rest
    .split('/')
    .filter((_, index) => index % 2 === 0)
    .join('/')
  const known = knownVersions[`${namespace}/${type}`.toLowerCase()]
  if (known) return known
  const parsed = resourceProvider.safeParse(
    await arm.call({
      method: 'GET',
      path: `${subscriptionPath(subscription)}/providers/${namespace}?api-version=${apiVersions.resources}`,
    }),
  )
  const announced = parsed.success
    ? parsed.data.resourceTypes.find((each) => each.resourceType.toLowerCase() === type.toLowerCase())
    : undefined
  const version = announced?.apiVersions.find((each) => !/preview/i.test(each)) ?? announced?.apiVersions[0]
  if (!version) throw new UnexpectedAnswerError(`The api-version of ${namespace}/${type} is not known. Use --api-version.`)
  return version
}

const knownVersions: Readonly<Record<string, string>> = {
  'microsoft.compute/virtualmachines': apiVersions.virtualMachines,
  'microsoft.managedidentity/userassignedidentities': apiVersions.identities,
}
