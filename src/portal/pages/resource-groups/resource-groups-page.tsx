import { groupOf } from '../../../api-client/resource-ids.ts'
import type { Resource } from '../../../contracts/resource.ts'
import { listResourceGroups, listSubscriptions } from '../../api/subscriptions.ts'
import { useQuery } from '../../api/use-query.ts'
import { Answered } from '../../controls/answered.tsx'
import { DataTable, type Column } from '../../controls/data-table.tsx'
import { RowLink } from '../../controls/row-link.tsx'
import { GroupIcon } from '../../icons/index.ts'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shell/page.tsx'

/** The resource groups of all subscriptions. */
export function ResourceGroupsPage() {
  const groups = useQuery('resource-groups', listResourceGroups)
  const subscriptions = useQuery('subscriptions', listSubscriptions)
  const names = new Map(
    (subscriptions.data ?? []).map(({ subscriptionId, displayName }) => [subscriptionId.toLowerCase(), displayName]),
  )
  return (
    <PageFrame title="Resource groups" icon={GroupIcon}>
      <Answered answer={groups} loading="Loading resource groups">
        {(rows) => (
          <DataTable
            label="Resource groups"
            fill
            columns={columnsOf(names)}
            rows={rows}
            keyOf={({ id }) => id}
            empty="There are no resource groups that you may see."
          />
        )}
      </Answered>
    </PageFrame>
  )
}

/** @param names display names of subscriptions by their id in lower case */
function columnsOf(names: ReadonlyMap<string, string>): readonly Column<Resource>[] {
  const subscription = ({ id }: Resource) => {
    const guid = /^\/subscriptions\/([^/]+)/i.exec(id)?.[1] ?? ''
    return names.get(guid.toLowerCase()) ?? guid
  }
  return [
    {
      name: 'Name',
      sortText: ({ name }) => name,
      render: ({ id, name }) => (
        <RowLink href={paths.resource(id, 'resources')} icon={<GroupIcon />}>
          {groupOf(id) ?? name}
        </RowLink>
      ),
    },
    { name: 'Subscription', sortText: subscription, render: subscription },
    { name: 'Location', from: 480, sortText: ({ location = '' }) => location, render: ({ location }) => location },
  ]
}
