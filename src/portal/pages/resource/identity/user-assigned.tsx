import { Button, Link, Text, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import { groupOf } from '../../../../api-client/resource-ids.ts'
import { changeIdentity, userAssignedIds } from '../../../api/identities.ts'
import { ConfirmDialog } from '../../../controls/confirm-dialog.tsx'
import { CopyButton } from '../../../controls/copy-button.tsx'
import { DataTable, type Column } from '../../../controls/data-table.tsx'
import { AddIcon, RemoveIcon } from '../../../icons/index.ts'
import { paths } from '../../../paths.ts'
import { usePortal } from '../../../portal-context.ts'
import { useWork } from '../../../shell/notifications.tsx'
import type { TabProps } from '../tab-table.ts'
import { AddIdentityDialog } from './add-identity-dialog.tsx'

const useStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', gap: '16px' },
  text: { maxWidth: '720px' },
  copied: { display: 'inline-flex', alignItems: 'center', gap: '4px' },
})

interface AttachedIdentity {
  readonly id: string
  readonly name: string
  readonly clientId: string | undefined
}

/** The user-assigned identities of a machine. */
export function UserAssigned({ id, resource }: Pick<TabProps, 'id' | 'resource'>) {
  const styles = useStyles()
  const { platform } = usePortal()
  const work = useWork()
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<AttachedIdentity | undefined>(undefined)
  const attached = Object.entries(resource.identity?.userAssignedIdentities ?? {}).map(
    ([identityId, { clientId }]): AttachedIdentity => ({
      id: identityId,
      name: identityId.split('/').at(-1) ?? identityId,
      clientId,
    }),
  )
  const add = async (chosen: readonly string[]) => {
    setAdding(false)
    const names = chosen.map((one) => one.split('/').at(-1)).join(', ')
    await work({
      doing: `Adding ${names} to ${id.name}`,
      done: `Added ${names} to ${id.name}`,
      perform: async () => changeIdentity(platform, resource, { add: chosen }),
    })
  }
  const remove = async ({ id: removed, name }: AttachedIdentity) => {
    setRemoving(undefined)
    await work({
      doing: `Removing ${name} from ${id.name}`,
      done: `Removed ${name} from ${id.name}`,
      perform: async () => changeIdentity(platform, resource, { remove: [removed] }),
    })
  }
  const columns: readonly Column<AttachedIdentity>[] = [
    { name: 'Name', sortText: ({ name }) => name, render: (row) => <Link href={paths.resource(row.id)}>{row.name}</Link> },
    { name: 'Resource group', from: 480, render: (row) => groupOf(row.id) },
    {
      name: 'Client ID',
      from: 700,
      width: 1.6,
      render: ({ clientId = '' }) => (
        <span className={styles.copied}>
          {clientId} <CopyButton text={clientId} what="client ID" />
        </span>
      ),
    },
    {
      name: 'Action',
      width: '110px',
      render: (row) => (
        <Button
          size="small"
          appearance="subtle"
          icon={<RemoveIcon />}
          aria-label={`Remove ${row.name}`}
          onClick={() => setRemoving(row)}
        >
          Remove
        </Button>
      ),
    },
  ]
  return (
    <div className={styles.column}>
      <Text className={styles.text}>
        A user assigned managed identity is a resource of its own that several machines can share. A machine that has several must
        say in each request which one it means.
      </Text>
      <div role="toolbar" aria-label="User assigned identities">
        <Button appearance="primary" icon={<AddIcon />} onClick={() => setAdding(true)}>
          Add
        </Button>
      </div>
      <DataTable
        label="User assigned managed identities"
        columns={columns}
        rows={attached}
        keyOf={(row) => row.id}
        empty="No user assigned managed identities"
      />
      {adding && (
        <AddIdentityDialog
          attached={userAssignedIds(resource)}
          onAdd={(chosen) => void add(chosen)}
          onCancel={() => setAdding(false)}
        />
      )}
      <ConfirmDialog
        open={removing !== undefined}
        title="Remove user assigned managed identity"
        onConfirm={() => removing && void remove(removing)}
        onCancel={() => setRemoving(undefined)}
      >
        “{id.name}” gets no more tokens of “{removing?.name}”. The identity itself and its role assignments stay. Remove it?
      </ConfirmDialog>
    </div>
  )
}
