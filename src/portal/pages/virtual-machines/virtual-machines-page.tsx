import { Button, SearchBox, Select, Text, makeStyles } from '@fluentui/react-components'
import { useDeferredValue, useMemo } from 'react'
import type { Resource } from '../../../contracts/resource.ts'
import { machineKindOf, machineKinds } from '../../api/machine-kinds.ts'
import { listResources, listSubscriptions } from '../../api/subscriptions.ts'
import { useQuery } from '../../api/use-query.ts'
import { Answered } from '../../controls/answered.tsx'
import { DataTable, type Column } from '../../controls/data-table.tsx'
import { RowLink } from '../../controls/row-link.tsx'
import { kindIcons } from '../../controls/kind-icon.ts'
import { MachineIcon } from '../../icons/index.ts'
import { paths, type MachineFilter } from '../../paths.ts'
import { goTo } from '../../routing/use-route.ts'
import { PageFrame } from '../../shell/page.tsx'
import type { PageProps } from '../../shell/page-table.ts'
import { filterMachines, machineRows, type MachineRow } from './machine-filter.ts'

const useStyles = makeStyles({
  filters: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
  search: { minWidth: '200px', flexGrow: 1, maxWidth: '360px' },
  select: { minWidth: '150px', flexGrow: 1, maxWidth: '220px' },
})

const types = machineKinds.map(({ type }) => type)
const identities = [
  ['systemassigned', 'System assigned'],
  ['userassigned', 'User assigned'],
  ['none', 'None'],
] as const

/** Every machine of every subscription that the user sees. */
export function VirtualMachinesPage({ route: { query } }: PageProps) {
  const machines = useQuery('machines', async (platform) => listResources(platform, types))
  return (
    <PageFrame title="Virtual machines" subtitle="and other hosts with an identity" icon={MachineIcon}>
      <Answered answer={machines} loading="Loading virtual machines">
        {(resources) => <Machines resources={resources} filter={query} />}
      </Answered>
    </PageFrame>
  )
}

function Machines({ resources, filter }: { readonly resources: readonly Resource[]; readonly filter: MachineFilter }) {
  const styles = useStyles()
  const rows = useMemo(() => machineRows(resources), [resources])
  const subscriptions = useQuery('subscriptions', listSubscriptions)
  const deferred = useDeferredValue(filter)
  const found = useMemo(() => filterMachines(rows, deferred), [rows, deferred])
  const groups = useMemo(() => [...new Set(rows.map(({ group }) => group))].toSorted(), [rows])
  const names = useMemo(
    () =>
      new Map((subscriptions.data ?? []).map(({ subscriptionId, displayName }) => [subscriptionId.toLowerCase(), displayName])),
    [subscriptions.data],
  )
  const columns = useMemo(() => columnsOf(names), [names])
  const narrow = (change: MachineFilter) => goTo(paths.virtualMachines({ ...filter, ...change }), 'replace')
  return (
    <>
      <div className={styles.filters} role="search" aria-label="Virtual machines">
        <SearchBox
          className={styles.search}
          aria-label="Filter by name, tag or location"
          placeholder="Filter for any field…"
          value={filter.filter ?? ''}
          onChange={(_event, { value }) => narrow({ filter: value })}
        />
        <Select
          className={styles.select}
          aria-label="Subscription"
          value={filter.subscription ?? ''}
          onChange={(_event, { value }) => narrow({ subscription: value })}
        >
          <option value="">All subscriptions</option>
          {[...names].map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <Select
          className={styles.select}
          aria-label="Resource group"
          value={filter.group ?? ''}
          onChange={(_event, { value }) => narrow({ group: value })}
        >
          <option value="">All resource groups</option>
          {groups.map((group) => (
            <option key={group} value={group}>
              {group}
            </option>
          ))}
        </Select>
        <Select
          className={styles.select}
          aria-label="Identity"
          value={filter.identity ?? ''}
          onChange={(_event, { value }) => narrow({ identity: value })}
        >
          <option value="">Any identity</option>
          {identities.map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </Select>
        {Object.values(filter).some(Boolean) && (
          <Button appearance="subtle" onClick={() => goTo(paths.virtualMachines(), 'replace')}>
            Clear filters
          </Button>
        )}
      </div>
      <Text size={200} role="status">
        {found.length === rows.length ? `${rows.length} machines` : `${found.length} of ${rows.length} machines`}
      </Text>
      <DataTable
        label="Virtual machines"
        fill
        columns={columns}
        rows={found}
        keyOf={({ resource }) => resource.id}
        empty={rows.length === 0 ? 'There are no machines that you may see.' : 'No machine matches the filter.'}
      />
    </>
  )
}

/** @param names display names of subscriptions by their id in lower case */
function columnsOf(names: ReadonlyMap<string, string>): readonly Column<MachineRow>[] {
  const subscriptionName = ({ subscription }: MachineRow) => names.get(subscription.toLowerCase()) ?? subscription
  const kindName = ({ resource }: MachineRow) => machineKindOf(resource.type ?? '')?.name ?? ''
  return [
    {
      name: 'Name',
      width: 1.4,
      sortText: ({ resource }) => resource.name,
      render: ({ resource }) => {
        const Icon = kindIcons[machineKindOf(resource.type ?? '')?.icon ?? 'machine']
        return (
          <RowLink href={paths.resource(resource.id)} icon={<Icon />}>
            {resource.name}
          </RowLink>
        )
      },
    },
    { name: 'Type', from: 560, sortText: kindName, render: kindName },
    {
      name: 'Resource group',
      from: 440,
      sortText: ({ group }) => group,
      render: ({ resource, group }) => (
        <RowLink href={paths.resource(resource.id.slice(0, resource.id.toLowerCase().indexOf('/providers/')))}>{group}</RowLink>
      ),
    },
    {
      name: 'Location',
      from: 900,
      sortText: ({ resource }) => resource.location ?? '',
      render: ({ resource }) => resource.location,
    },
    { name: 'Subscription', from: 760, sortText: subscriptionName, render: subscriptionName },
    { name: 'Identity', sortText: ({ identity }) => identity, render: ({ identity }) => identityName(identity) },
  ]
}

function identityName(identity: string): string {
  const named = identities.filter(([value]) => identity.split(',').includes(value)).map(([, name]) => name)
  return named.join(', ')
}
