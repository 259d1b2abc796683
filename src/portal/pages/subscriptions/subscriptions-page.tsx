import type { Subscription } from '../../../contracts/subscription.ts'
import { listSubscriptions } from '../../api/subscriptions.ts'
import { useQuery } from '../../api/use-query.ts'
import { Answered } from '../../controls/answered.tsx'
import { DataTable, type Column } from '../../controls/data-table.tsx'
import { RowLink } from '../../controls/row-link.tsx'
import { SubscriptionIcon } from '../../icons/index.ts'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shell/page.tsx'

const columns: readonly Column<Subscription>[] = [
  {
    name: 'Name',
    sortText: ({ displayName }) => displayName,
    render: ({ id, displayName }) => (
      <RowLink href={paths.resource(id, 'resources')} icon={<SubscriptionIcon />}>
        {displayName}
      </RowLink>
    ),
  },
  {
    name: 'Subscription ID',
    width: 1.6,
    from: 440,
    sortText: ({ subscriptionId }) => subscriptionId,
    render: ({ subscriptionId }) => subscriptionId,
  },
  { name: 'State', width: '110px', render: ({ state }) => state },
]

/** The subscriptions that the user sees. */
export function SubscriptionsPage() {
  const subscriptions = useQuery('subscriptions', listSubscriptions)
  return (
    <PageFrame title="Subscriptions" icon={SubscriptionIcon}>
      <Answered answer={subscriptions} loading="Loading subscriptions">
        {(rows) => (
          <DataTable
            label="Subscriptions"
            fill
            columns={columns}
            rows={rows}
            keyOf={({ id }) => id}
            empty="There are no subscriptions that you may see."
          />
        )}
      </Answered>
    </PageFrame>
  )
}
