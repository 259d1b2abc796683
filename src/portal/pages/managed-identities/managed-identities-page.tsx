import { Button, SearchBox, Select, Text, makeStyles } from '@fluentui/react-components'
import { useDeferredValue, useMemo, useState } from 'react'
import { groupOf } from '../../../api-client/resource-ids.ts'
import { parseResourceId } from '../../../resource-ids/parse-resource-id.ts'
import { machineKindOf } from '../../api/machine-kinds.ts'
import { listManagedIdentities, type ManagedIdentity } from '../../api/managed-identities.ts'
import { listSubscriptions } from '../../api/subscriptions.ts'
import { useQuery } from '../../api/use-query.ts'
import { Answered } from '../../controls/answered.tsx'
import { CopyButton } from '../../controls/copy-button.tsx'
import { DataTable, type Column } from '../../controls/data-table.tsx'
import { kindIcons } from '../../controls/kind-icon.ts'
import { RowLink } from '../../controls/row-link.tsx'
import { AddIcon, IdentityIcon } from '../../icons/index.ts'
import { paths, type IdentityFilter } from '../../paths.ts'
import { goTo } from '../../routing/use-route.ts'
import { PageFrame } from '../../shell/page.tsx'
import type { PageProps } from '../../shell/page-table.ts'
import { CreateIdentityDialog } from './create-identity-dialog.tsx'
import { filterIdentities, subscriptionOf } from './identity-filter.ts'

const useStyles = makeStyles({
  filters: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
  search: { minWidth: '200px', flexGrow: 1, maxWidth: '360px' },
  select: { minWidth: '150px', flexGrow: 1, maxWidth: '220px' },
  copied: { display: 'grid', gridTemplateColumns: 'minmax(0, max-content) auto', alignItems: 'center', gap: '4px' },
  text: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
})

/** Every managed identity: those that are resources of their own, and those of machines. */
export function ManagedIdentitiesPage({ route: { query } }: PageProps) {
  const [creating, setCreating] = useState(false)
  const identities = useQuery('managed-identities', listManagedIdentities)
  return (
    <PageFrame
      title="Managed identities"
      subtitle="user assigned, and system assigned to a machine"
      icon={IdentityIcon}
      commands={
        <Button appearance="subtle" icon={<AddIcon />} onClick={() => setCreating(true)}>
          Create
        </Button>
      }
    >
      <Answered answer={identities} loading="Loading managed identities">
        {(rows) => <Identities rows={rows} filter={query} />}
      </Answered>
      {creating && <CreateIdentityDialog onClose={() => setCreating(false)} />}
    </PageFrame>
  )
}

function Identities({ rows, filter }: { readonly rows: readonly ManagedIdentity[]; readonly filter: IdentityFilter }) {
  const styles = useStyles()
  const subscriptions = useQuery('subscriptions', listSubscriptions)
  const deferred = useDeferredValue(filter)
  const found = useMemo(() => filterIdentities(rows, deferred), [rows, deferred])
  const names = useMemo(
    () =>
      new Map((subscriptions.data ?? []).map(({ subscriptionId, displayName }) => [subscriptionId.toLowerCase(), displayName])),
    [subscriptions.data],
  )
  const columns = useMemo(() => columnsOf(names, styles), [names, styles])
  const narrow = (change: IdentityFilter) => goTo(paths.managedIdentities({ ...filter, ...change }), 'replace')
  return (
    <>
      <div className={styles.filters} role="search" aria-label="Managed identities">
        <SearchBox
          className={styles.search}
          aria-label="Filter by name, group, location or id"
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
          aria-label="Kind"
          value={filter.kind ?? ''}
          onChange={(_event, { value }) => narrow({ kind: value })}
        >
          <option value="">Both kinds</option>
          <option value="user">User assigned</option>
          <option value="system">System assigned</option>
        </Select>
        {Object.values(filter).some(Boolean) && (
          <Button appearance="subtle" onClick={() => goTo(paths.managedIdentities(), 'replace')}>
            Clear filters
          </Button>
        )}
      </div>
      <Text size={200} role="status">
        {found.length === rows.length ? `${rows.length} identities` : `${found.length} of ${rows.length} identities`}
      </Text>
      <DataTable
        label="Managed identities"
        fill
        columns={columns}
        rows={found}
        keyOf={({ resourceId }) => resourceId}
        empty={rows.length === 0 ? 'There are no managed identities that you may see.' : 'No identity matches the filter.'}
      />
    </>
  )
}

/** @param names display names of subscriptions by their id in lower case */
function columnsOf(
  names: ReadonlyMap<string, string>,
  styles: Readonly<Record<'copied' | 'text', string>>,
): readonly Column<ManagedIdentity>[] {
  const kindName = ({ kind }: ManagedIdentity) => (kind === 'user' ? 'User assigned' : 'System assigned')
  const group = ({ resourceId }: ManagedIdentity) => groupOf(resourceId) ?? ''
  const subscription = ({ resourceId }: ManagedIdentity) => names.get(subscriptionOf(resourceId)) ?? subscriptionOf(resourceId)
  return [
    {
      name: 'Name',
      width: 1.2,
      sortText: ({ name }) => name,
      render: ({ resourceId, name, kind }) => {
        const HostIcon = kindIcons[machineKindOf(parseResourceId(resourceId).type)?.icon ?? 'machine']
        return (
          <RowLink
            href={kind === 'user' ? paths.resource(resourceId) : paths.resource(resourceId, 'identity')}
            icon={kind === 'user' ? <IdentityIcon /> : <HostIcon />}
          >
            {name}
          </RowLink>
        )
      },
    },
    { name: 'Kind', width: '130px', sortText: kindName, render: kindName },
    {
      name: 'Client ID',
      width: '320px',
      from: 900,
      render: ({ clientId, name }) =>
        clientId !== '' && (
          <span className={styles.copied}>
            <span className={styles.text} title={clientId}>
              {clientId}
            </span>
            <CopyButton text={clientId} what={`client ID of ${name}`} />
          </span>
        ),
    },
    { name: 'Resource group', from: 500, sortText: group, render: group },
    { name: 'Subscription', from: 660, sortText: subscription, render: subscription },
    { name: 'Location', from: 1080, width: 0.8, sortText: ({ location }) => location, render: ({ location }) => location },
  ]
}
