import type { ResourceId } from '../resource-ids/resource-id.ts'
import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import { SubscriptionNotFoundError } from './errors.ts'
import type { Resources } from './operations.ts'
import { provenScope, requireVerb } from './required-proof.ts'
import type { ResourceStore } from './resource.ts'
import type { UnitOfWork } from './unit-of-work.ts'

export const readSubscriptions = 'Microsoft.Resources/subscriptions/read'

/** The operations on subscriptions. A subscription is listed for whoever holds any role in it, as Azure does. */
export function createSubscriptions(
  unitOfWork: UnitOfWork,
): Pick<Resources, 'listSubscriptions' | 'getSubscription' | 'putSubscription'> {
  return {
    async listSubscriptions(visibility) {
      const subscriptions = await unitOfWork.stores.resources.listSubscriptions()
      return subscriptions.filter(({ subscriptionId }) => {
        const id = parseResourceId(`/subscriptions/${subscriptionId}`)
        return visibility.reaches(id) || visibility.allows(readSubscriptions, id)
      })
    },
    getSubscription: async (authorized) => requireSubscription(unitOfWork.stores.resources, provenScope(authorized)),
    async putSubscription(authorized, displayName) {
      requireVerb(authorized, 'write')
      const asked = authorized.scope.subscriptionId ?? ''
      return unitOfWork.transaction(async ({ resources }) => {
        const existing = await resources.findSubscription(asked)
        const subscription = { subscriptionId: existing?.subscriptionId ?? asked, displayName }
        await resources.saveSubscription(subscription)
        return subscription
      })
    },
  }
}

/** The subscription that `id` is in. @throws SubscriptionNotFoundError */
export async function requireSubscription(resources: ResourceStore, id: ResourceId) {
  const subscriptionId = id.subscriptionId ?? ''
  const subscription = await resources.findSubscription(subscriptionId)
  if (!subscription) throw new SubscriptionNotFoundError(subscriptionId)
  return subscription
}
