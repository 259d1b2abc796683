import { subscriptions as subscriptionList } from '../../contracts/subscription.ts'
import type { Link } from '../link.ts'
import { readerFix } from './reader-fix.ts'
import { resourceManagerFailure } from './resource-manager-answer.ts'

/** Does the identity see a subscription, and that of the machine? */
export const subscriptions: Link = {
  id: 'subscriptions',
  title: 'Subscriptions',
  async check({ surroundings, questions, facts }) {
    if (!facts.token) return { state: 'skipped', detail: 'there is no token' }
    const answer = await questions.subscriptions(facts.token.accessToken)
    if ('answer' in answer) return resourceManagerFailure(surroundings, answer.answer)
    const parsed = subscriptionList.safeParse(answer.items)
    const found = parsed.success ? parsed.data : []
    if (found.length === 0) {
      return {
        state: 'failed',
        class: 'no-access',
        detail: 'none is visible',
        cause:
          'The identity holds no role anywhere, and so sees no subscription. az says "No access was configured for the VM, hence no subscriptions were found".',
        fixes: readerFix(facts),
      }
    }
    const own = facts.machineId?.split('/')[2]
    const names = found.map(({ displayName }) => displayName).join(', ')
    if (own !== undefined && !found.some(({ subscriptionId }) => subscriptionId.toLowerCase() === own.toLowerCase())) {
      return {
        state: 'failed',
        class: 'no-access',
        detail: `${names}; not the one of the machine (${own})`,
        cause: 'The identity holds roles in other subscriptions alone, and cannot see the machine that it is on.',
        fixes: readerFix(facts),
      }
    }
    return { state: 'passed', detail: names.length > 120 ? `${found.length} are visible` : names }
  },
}
