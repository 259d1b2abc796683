import { SearchBox, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import type { RoleDefinition } from '../../../../contracts/role.ts'
import type { ResourceId } from '../../../../resource-ids/resource-id.ts'
import { listRoles } from '../../../api/access.ts'
import { useQuery } from '../../../api/use-query.ts'
import { Answered } from '../../../controls/answered.tsx'
import { DataTable, type Column } from '../../../controls/data-table.tsx'

const useStyles = makeStyles({ search: { maxWidth: '360px' } })

const columns: readonly Column<RoleDefinition>[] = [
  { name: 'Name', sortText: ({ properties }) => properties.roleName, render: ({ properties }) => properties.roleName },
  {
    name: 'Description',
    width: 2,
    from: 420,
    render: ({ properties }) => <span title={properties.description ?? ''}>{properties.description}</span>,
  },
]

/** The roles that can be given at a scope. */
export function Roles({ id }: { readonly id: ResourceId }) {
  const styles = useStyles()
  const [text, setText] = useState('')
  const roles = useQuery(`roles ${id.key}`, async (platform) => listRoles(platform, id.text))
  const sought = text.trim().toLowerCase()
  return (
    <>
      <SearchBox
        className={styles.search}
        aria-label="Search roles"
        placeholder="Search by role name or description"
        value={text}
        onChange={(_event, { value }) => setText(value)}
      />
      <Answered answer={roles} loading="Loading roles">
        {(rows) => (
          <DataTable
            label="Roles"
            columns={columns}
            rows={rows.filter(({ properties }) =>
              `${properties.roleName} ${properties.description ?? ''}`.toLowerCase().includes(sought),
            )}
            keyOf={(row) => row.id}
            empty="No role matches."
          />
        )}
      </Answered>
    </>
  )
}
