import { Button, Link, SearchBox, Tooltip, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import type { ResourceId } from '../../../../resource-ids/resource-id.ts'
import { listAssignmentsAt, revoke, type HeldAssignment } from '../../../api/access.ts'
import { useQuery } from '../../../api/use-query.ts'
import { Answered } from '../../../controls/answered.tsx'
import { ConfirmDialog } from '../../../controls/confirm-dialog.tsx'
import { DataTable, type Column } from '../../../controls/data-table.tsx'
import { RemoveIcon } from '../../../icons/index.ts'
import { paths } from '../../../paths.ts'
import { usePortal } from '../../../portal-context.ts'
import { useWork } from '../../../shell/notifications.tsx'
import { isInherited, scopeName } from './scope-name.ts'

const useStyles = makeStyles({ search: { maxWidth: '360px' } })

/** The assignments that count at a resource, those that come from above marked as such. */
export function RoleAssignments({ id }: { readonly id: ResourceId }) {
  const styles = useStyles()
  const { platform } = usePortal()
  const work = useWork()
  const [text, setText] = useState('')
  const [removing, setRemoving] = useState<HeldAssignment | undefined>(undefined)
  const assignments = useQuery(`assignments ${id.key}`, async (each) => listAssignmentsAt(each, id.text))
  const remove = async (assignment: HeldAssignment) => {
    setRemoving(undefined)
    const what = `${assignment.roleName} from ${holderName(assignment)}`
    await work({ doing: `Removing ${what}`, done: `Removed ${what}`, perform: async () => revoke(platform, assignment.id) })
  }
  const sought = text.trim().toLowerCase()
  return (
    <>
      <SearchBox
        className={styles.search}
        aria-label="Search by assignment name or role"
        placeholder="Search by name or role"
        value={text}
        onChange={(_event, { value }) => setText(value)}
      />
      <Answered answer={assignments} loading="Loading role assignments">
        {(rows) => (
          <DataTable
            label="Role assignments"
            columns={columnsOf(id, setRemoving)}
            rows={rows.filter((row) => `${holderName(row)} ${row.roleName}`.toLowerCase().includes(sought))}
            keyOf={(row) => row.id}
            empty={sought === '' ? 'Nobody holds a role here.' : 'No role assignment matches.'}
          />
        )}
      </Answered>
      <ConfirmDialog
        open={removing !== undefined}
        title="Remove role assignment"
        onConfirm={() => removing && void remove(removing)}
        onCancel={() => setRemoving(undefined)}
      >
        {removing && (
          <>
            “{holderName(removing)}” is no longer {removing.roleName} of {scopeName(removing.scope)}. Remove the assignment?
          </>
        )}
      </ConfirmDialog>
    </>
  )
}

function holderName({ principal, principalId }: HeldAssignment): string {
  return principal?.name ?? principalId
}

function columnsOf(id: ResourceId, onRemove: (assignment: HeldAssignment) => void): readonly Column<HeldAssignment>[] {
  return [
    {
      name: 'Name',
      width: 1.1,
      sortText: holderName,
      render: (row) => {
        if (!row.principal) return <span title={row.principalId}>Identity not found ({row.principalId})</span>
        const { name, resourceId } = row.principal
        return resourceId === undefined ? name : <Link href={paths.resource(resourceId, 'identity')}>{name}</Link>
      },
    },
    {
      name: 'Type',
      from: 640,
      sortText: ({ principal }) => principal?.kind ?? 'Unknown',
      render: ({ principal }) => principal?.kind ?? 'Unknown',
    },
    { name: 'Role', sortText: ({ roleName }) => roleName, render: ({ roleName }) => roleName },
    {
      name: 'Scope',
      from: 460,
      width: 1.7,
      sortText: ({ scope }) => scope,
      render: ({ scope }) =>
        isInherited(scope, id) ? (
          <>
            <Link href={paths.resource(scope, 'access-control')}>{scopeName(scope)}</Link> (Inherited)
          </>
        ) : (
          'This resource'
        ),
    },
    {
      name: 'Action',
      width: '56px',
      render: (row) => {
        const inherited = isInherited(row.scope, id)
        const label = `Remove ${row.roleName} from ${holderName(row)}`
        return (
          <Tooltip
            relationship={inherited ? 'description' : 'label'}
            content={inherited ? 'Inherited: remove it where it was given' : label}
          >
            <Button
              size="small"
              appearance="subtle"
              icon={<RemoveIcon />}
              aria-label={label}
              disabledFocusable={inherited}
              onClick={() => onRemove(row)}
            />
          </Tooltip>
        )
      },
    },
  ]
}
