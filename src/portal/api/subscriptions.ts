import { subscriptions, type Subscription } from '../../contracts/subscription.ts'
import { resources, type Resource } from '../../contracts/resource.ts'
import { apiVersions } from '../../api-client/api-versions.ts'
import { subscriptionPath } from '../../api-client/resource-ids.ts'
import type { Platform } from './platform.ts'
import { encodePath } from './resources.ts'

/** The subscriptions that the user sees. */
export async function listSubscriptions({ arm }: Platform): Promise<Subscription[]> {
  return subscriptions.parse(await arm.list(`/subscriptions?api-version=${apiVersions.subscriptions}`))
}

/** The resources of some types in all subscriptions, without their properties; of every type when `types` is left out. */
export async function listResources(platform: Platform, types?: readonly string[]): Promise<Resource[]> {
  const query = new URLSearchParams({ 'api-version': apiVersions.resources, $top: '1000' })
  if (types) query.set('$filter', types.map((type) => `resourceType eq '${type}'`).join(' or '))
  const each = (await listSubscriptions(platform)).map(async ({ subscriptionId }) => {
    const found: Resource[] = []
    // Each page is read when it comes: ten thousand resources in one go would hold up the browser.
    for await (const items of platform.arm.pages(`${subscriptionPath(subscriptionId)}/resources?${query}`))
      found.push(...resources.parse(items))
    return found
  })
  return (await Promise.all(each)).flat()
}

/** What is in a subscription or in a group. @param scope its ARM id */
export async function listResourcesIn({ arm }: Platform, scope: string): Promise<Resource[]> {
  return resources.parse(await arm.list(`${encodePath(scope)}/resources?api-version=${apiVersions.resources}&$top=1000`))
}

/** The resource groups of all subscriptions. */
export async function listResourceGroups(platform: Platform): Promise<Resource[]> {
  const each = (await listSubscriptions(platform)).map(async ({ subscriptionId }) =>
    platform.arm.list(`${subscriptionPath(subscriptionId)}/resourcegroups?api-version=${apiVersions.groups}`),
  )
  return (await Promise.all(each)).flatMap((items) => resources.parse(items))
}
