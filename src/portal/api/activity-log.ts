import { activityEvents, type ActivityEventItem } from '../../contracts/activity-event.ts'
import { page } from '../../contracts/resource.ts'
import { quoted } from '../../api-client/resource-ids.ts'
import type { ResourceId } from '../../resource-ids/resource-id.ts'
import type { Platform } from './platform.ts'

/** What was done to a scope and below it, newest first; no more than `pages` pages of Azure's 200. @param since ISO 8601 */
export async function listActivity(
  { arm }: Platform,
  { subscriptionId, kind, text }: Pick<ResourceId, 'subscriptionId' | 'kind' | 'text'>,
  since: string,
  pages = 3,
): Promise<ActivityEventItem[]> {
  const scope = subscriptionId === undefined ? '' : `/subscriptions/${subscriptionId}`
  const isPart = kind !== 'subscription' && kind !== 'tenant'
  const filter = `eventTimestamp ge ${quoted(since)}${isPart ? ` and resourceUri eq ${quoted(text)}` : ''}`
  const query = new URLSearchParams({ 'api-version': '2015-04-01', $filter: filter })
  const events: ActivityEventItem[] = []
  let next: string | null | undefined = `${scope}/providers/Microsoft.Insights/eventtypes/management/values?${query}`
  for (let count = 0; next && count < pages; count++) {
    const answer = page.parse(await arm.call({ method: 'GET', path: next }))
    events.push(...activityEvents.parse(answer.value))
    next = answer.nextLink
  }
  return events
}
