import { Button, Link, SearchBox, Select, Text, makeStyles } from '@fluentui/react-components'
import { useMemo, useState } from 'react'
import { groupOf } from '../../../api-client/resource-ids.ts'
import { resourceIds } from '../../../azure-services/resource-ids.ts'
import { clouds, type ServiceResourceId } from '../../../azure-services/service-resource-id.ts'
import type { Resource } from '../../../contracts/resource.ts'
import { machineKinds } from '../../api/machine-kinds.ts'
import { listResources } from '../../api/subscriptions.ts'
import { useQuery } from '../../api/use-query.ts'
import { CopyButton } from '../../controls/copy-button.tsx'
import { DataTable, type Column } from '../../controls/data-table.tsx'
import { Picker } from '../../controls/picker.tsx'
import { ResourceIdIcon } from '../../icons/index.ts'
import { paths, type ServiceFilter } from '../../paths.ts'
import { goTo } from '../../routing/use-route.ts'
import { PageFrame } from '../../shell/page.tsx'
import type { PageProps } from '../../shell/page-table.ts'
import { cloudNames, filterServices } from './service-filter.ts'

const useStyles = makeStyles({
  text: { maxWidth: '760px' },
  filters: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
  search: { minWidth: '200px', flexGrow: 1, maxWidth: '360px' },
  select: { minWidth: '150px', flexGrow: 1, maxWidth: '240px' },
  machine: { maxWidth: '360px' },
  id: { display: 'grid', gridTemplateColumns: 'minmax(0, max-content) auto', alignItems: 'center', gap: '4px' },
  idText: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
})

const machineTypes = machineKinds.map(({ type }) => type)

/** The resource ids of Azure's services, to copy, and to try on a machine. */
export function ResourceIdsPage({ route: { query } }: PageProps) {
  const styles = useStyles()
  const filter: ServiceFilter = query
  const machines = useQuery('machines', async (platform) => listResources(platform, machineTypes))
  const [chosen, setChosen] = useState<string | undefined>(undefined)
  const machine =
    machines.data?.find(({ id }) => id === chosen) ?? machines.data?.find(({ identity }) => identity) ?? machines.data?.[0]
  const found = useMemo(() => filterServices(resourceIds, filter), [filter])
  const columns = useMemo(() => columnsOf(styles, machine), [styles, machine])
  const narrow = (change: ServiceFilter) => goTo(paths.resourceIds({ ...filter, ...change }), 'replace')
  return (
    <PageFrame title="Resource ids" subtitle="of Azure services that take tokens of managed identities" icon={ResourceIdIcon}>
      <Text className={styles.text}>
        A token is asked for by the resource id of the service that it is for, and says it as its audience. Every id can be asked
        for here, with and without the slash at its end; <Link href={paths.errors('AADSTS500011')}>AADSTS500011</Link> is the
        answer to any other.
      </Text>
      <div className={styles.filters} role="search" aria-label="Resource ids">
        <SearchBox
          className={styles.search}
          aria-label="Filter by service or id"
          placeholder="Filter for any field…"
          value={filter.filter ?? ''}
          onChange={(_event, { value }) => narrow({ filter: value })}
        />
        <Select
          className={styles.select}
          aria-label="Cloud"
          value={filter.cloud ?? ''}
          onChange={(_event, { value }) => narrow({ cloud: value })}
        >
          <option value="">All clouds</option>
          {clouds.map((cloud) => (
            <option key={cloud} value={cloud}>
              {cloudNames[cloud]}
            </option>
          ))}
        </Select>
        {(filter.filter || filter.cloud) && (
          <Button appearance="subtle" onClick={() => goTo(paths.resourceIds(), 'replace')}>
            Clear filters
          </Button>
        )}
      </div>
      {machine && (
        <div className={styles.machine}>
          <Picker
            label="Machine to try on"
            choices={(machines.data ?? []).map(({ id, name }) => ({ value: id, text: name, detail: groupOf(id) }))}
            value={machine.id}
            onChange={setChosen}
          />
        </div>
      )}
      <Text size={200} role="status">
        {found.length === resourceIds.length ? `${found.length} ids` : `${found.length} of ${resourceIds.length} ids`}
      </Text>
      <DataTable
        label="Resource ids"
        fill
        columns={columns}
        rows={found}
        keyOf={({ service, cloud, resourceId }) => `${service}\n${cloud}\n${resourceId}`}
        empty="No service matches the filter."
      />
    </PageFrame>
  )
}

/** @param machine that an id is tried on; undefined while there is none */
function columnsOf(
  styles: Readonly<Record<'id' | 'idText', string>>,
  machine: Resource | undefined,
): readonly Column<ServiceResourceId>[] {
  return [
    {
      name: 'Service',
      sortText: ({ service }) => service,
      render: ({ service }) => <span title={service}>{service}</span>,
    },
    {
      name: 'Resource ID',
      width: 1.4,
      sortText: ({ resourceId }) => resourceId,
      render: ({ service, resourceId }) => (
        <span className={styles.id}>
          <span className={styles.idText} title={resourceId}>
            {resourceId}
          </span>
          <CopyButton text={resourceId} what={`resource id of ${service}`} />
        </span>
      ),
    },
    { name: 'Cloud', width: 0.6, from: 600, sortText: ({ cloud }) => cloud, render: ({ cloud }) => cloudNames[cloud] },
    {
      name: 'Source',
      from: 900,
      sortText: ({ source }) => source,
      render: ({ source }) => <span title={source}>{source}</span>,
    },
    ...(machine
      ? [
          {
            name: 'Try',
            width: '48px',
            from: 420,
            render: ({ service, resourceId }: ServiceResourceId) => (
              <Link href={paths.connect(machine.id, resourceId)} aria-label={`Try ${service} (${resourceId}) on ${machine.name}`}>
                Try
              </Link>
            ),
          },
        ]
      : []),
  ]
}
