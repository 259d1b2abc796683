import { SearchBox, Text, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import { listAssociatedResources, type AssociatedResource } from '../../../api/managed-identities.ts'
import { machineKindOf } from '../../../api/machine-kinds.ts'
import { useQuery } from '../../../api/use-query.ts'
import { Answered } from '../../../controls/answered.tsx'
import { DataTable, type Column } from '../../../controls/data-table.tsx'
import { kindIcons } from '../../../controls/kind-icon.ts'
import { RowLink } from '../../../controls/row-link.tsx'
import { paths } from '../../../paths.ts'
import type { TabProps } from '../tab-table.ts'

const useStyles = makeStyles({ text: { maxWidth: '720px' }, search: { maxWidth: '360px' } })

/** The resources that a user-assigned identity is assigned to. */
export function UsedByTab({ id }: TabProps) {
  const styles = useStyles()
  const [text, setText] = useState('')
  const users = useQuery(`used by ${id.key}`, async (platform) => listAssociatedResources(platform, id.text))
  const sought = text.trim().toLowerCase()
  const fits = ({ name, type, resourceGroup }: AssociatedResource) =>
    `${name}\n${typeName(type)}\n${resourceGroup}`.toLowerCase().includes(sought)
  return (
    <>
      <Text className={styles.text}>
        Every program on these resources can get a token of this identity, and so may do what its role assignments allow.
      </Text>
      <SearchBox
        className={styles.search}
        aria-label="Filter associated resources"
        placeholder="Filter by name, type or group"
        value={text}
        onChange={(_event, { value }) => setText(value)}
      />
      <Answered answer={users} loading="Loading associated resources">
        {(rows) => (
          <DataTable
            label="Associated resources"
            columns={columns}
            rows={rows.filter(fits)}
            keyOf={(row) => row.id}
            empty={
              rows.length === 0
                ? 'No resource that you may see uses this identity. Add it on the Identity page of a virtual machine.'
                : 'No resource matches the filter.'
            }
          />
        )}
      </Answered>
    </>
  )
}

const typeName = (type: string) => machineKindOf(type)?.name ?? type

const columns: readonly Column<AssociatedResource>[] = [
  {
    name: 'Name',
    width: 1.4,
    sortText: ({ name }) => name,
    render: ({ id, name, type }) => {
      const kind = machineKindOf(type)
      const Icon = kindIcons[kind?.icon ?? 'server']
      return (
        <RowLink href={paths.resource(id, kind ? 'identity' : undefined)} icon={<Icon />}>
          {name}
        </RowLink>
      )
    },
  },
  { name: 'Type', from: 420, sortText: ({ type }) => typeName(type), render: ({ type }) => typeName(type) },
  {
    name: 'Resource group',
    from: 560,
    sortText: ({ resourceGroup }) => resourceGroup,
    render: ({ resourceGroup }) => resourceGroup,
  },
  {
    name: 'Subscription',
    from: 760,
    sortText: ({ subscriptionDisplayName }) => subscriptionDisplayName,
    render: ({ subscriptionDisplayName }) => subscriptionDisplayName,
  },
]
