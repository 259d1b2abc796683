import { SearchBox, Text, makeStyles } from '@fluentui/react-components'
import { useMemo, useState } from 'react'
import { groupOf } from '../../../../api-client/resource-ids.ts'
import type { Resource } from '../../../../contracts/resource.ts'
import { parseResourceId } from '../../../../resource-ids/parse-resource-id.ts'
import { listResourcesIn } from '../../../api/subscriptions.ts'
import { useQuery } from '../../../api/use-query.ts'
import { Answered } from '../../../controls/answered.tsx'
import { DataTable, type Column } from '../../../controls/data-table.tsx'
import { RowLink } from '../../../controls/row-link.tsx'
import { paths } from '../../../paths.ts'
import { describeType } from '../describe-resource.ts'
import type { TabProps } from '../tab-table.ts'

const useStyles = makeStyles({ search: { maxWidth: '360px' } })

/** What is in a resource group or a subscription. */
export function ContentsTab({ id }: TabProps) {
  const styles = useStyles()
  const [text, setText] = useState('')
  const resources = useQuery(`resources in ${id.key}`, async (platform) => listResourcesIn(platform, id.text))
  const sought = text.trim().toLowerCase()
  const found = useMemo(
    () =>
      (resources.data ?? []).filter((resource) =>
        `${resource.name}\n${typeName(resource)}\n${groupOf(resource.id) ?? ''}`.toLowerCase().includes(sought),
      ),
    [resources.data, sought],
  )
  return (
    <>
      <SearchBox
        className={styles.search}
        aria-label="Filter resources"
        placeholder="Filter by name, type or group"
        value={text}
        onChange={(_event, { value }) => setText(value)}
      />
      <Answered answer={resources} loading="Loading resources">
        {(all) => (
          <>
            <Text size={200} role="status">
              {found.length === all.length ? `${all.length} resources` : `${found.length} of ${all.length} resources`}
            </Text>
            <DataTable
              label="Resources"
              columns={columns}
              rows={found}
              keyOf={(row) => row.id}
              empty={all.length === 0 ? 'There is nothing here that you may see.' : 'No resource matches the filter.'}
            />
          </>
        )}
      </Answered>
    </>
  )
}

const typeName = ({ id }: Resource) => describeType(parseResourceId(id)).text

const columns: readonly Column<Resource>[] = [
  {
    name: 'Name',
    width: 1.4,
    sortText: ({ name }) => name,
    render: ({ id, name }) => {
      const { icon: Icon } = describeType(parseResourceId(id))
      return (
        <RowLink href={paths.resource(id)} icon={<Icon />}>
          {name}
        </RowLink>
      )
    },
  },
  { name: 'Type', from: 420, sortText: typeName, render: typeName },
  { name: 'Resource group', from: 640, sortText: ({ id }) => groupOf(id) ?? '', render: ({ id }) => groupOf(id) },
  { name: 'Location', from: 560, sortText: ({ location = '' }) => location, render: ({ location }) => location },
]
