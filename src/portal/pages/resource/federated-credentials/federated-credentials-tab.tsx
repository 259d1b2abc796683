import { Button, Link, Text, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import {
  deleteFederatedCredential,
  listFederatedCredentials,
  putFederatedCredential,
  type FederatedCredential,
  type NewFederatedCredential,
} from '../../../api/federated-credentials.ts'
import { useQuery } from '../../../api/use-query.ts'
import { Answered } from '../../../controls/answered.tsx'
import { ConfirmDialog } from '../../../controls/confirm-dialog.tsx'
import { DataTable, type Column } from '../../../controls/data-table.tsx'
import { IconButton } from '../../../controls/icon-button.tsx'
import { AddIcon, RemoveIcon } from '../../../icons/index.ts'
import { paths } from '../../../paths.ts'
import { usePortal } from '../../../portal-context.ts'
import { useWork } from '../../../shell/notifications.tsx'
import type { TabProps } from '../tab-table.ts'
import { AddCredentialDialog } from './add-credential-dialog.tsx'

const useStyles = makeStyles({ text: { maxWidth: '720px' } })

/** Azure's limit of one identity. */
const mostCredentials = 20

/** Whose tokens a user-assigned identity takes in place of a secret. */
export function FederatedCredentialsTab({ id }: TabProps) {
  const styles = useStyles()
  const { platform } = usePortal()
  const work = useWork()
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<FederatedCredential | undefined>(undefined)
  const credentials = useQuery(`federated ${id.key}`, async (each) => listFederatedCredentials(each, id.text))
  const add = async (credential: NewFederatedCredential) => {
    setAdding(false)
    await work({
      doing: `Adding the federated credential ${credential.name}`,
      done: `Added the federated credential ${credential.name}`,
      perform: async () => putFederatedCredential(platform, id.text, credential),
    })
  }
  const remove = async ({ id: removed, name }: FederatedCredential) => {
    setRemoving(undefined)
    await work({
      doing: `Deleting the federated credential ${name}`,
      done: `Deleted the federated credential ${name}`,
      perform: async () => deleteFederatedCredential(platform, removed),
    })
  }
  return (
    <>
      <Text className={styles.text}>
        A program elsewhere (a GitHub workflow, a pod) exchanges a token of its own issuer for one of this identity, and needs no
        secret. Issuer, subject and audience must be those of its token to the letter; see{' '}
        <Link inline href={paths.errors('AADSTS700213')}>
          what goes wrong
        </Link>
        .
      </Text>
      <div role="toolbar" aria-label="Federated credentials">
        <Button
          appearance="primary"
          icon={<AddIcon />}
          disabled={(credentials.data?.length ?? 0) >= mostCredentials}
          onClick={() => setAdding(true)}
        >
          Add credential
        </Button>
      </div>
      <Answered answer={credentials} loading="Loading federated credentials">
        {(rows) => (
          <DataTable
            label="Federated credentials"
            columns={columnsOf(setRemoving)}
            rows={rows}
            keyOf={(row) => row.id}
            empty="No federated credentials"
          />
        )}
      </Answered>
      {adding && <AddCredentialDialog onAdd={(credential) => void add(credential)} onCancel={() => setAdding(false)} />}
      <ConfirmDialog
        open={removing !== undefined}
        title="Delete federated credential"
        onConfirm={() => removing && void remove(removing)}
        onCancel={() => setRemoving(undefined)}
      >
        Tokens of “{removing?.properties.subject}” are no longer exchanged for those of “{id.name}”. Delete “{removing?.name}”?
      </ConfirmDialog>
    </>
  )
}

function columnsOf(onRemove: (credential: FederatedCredential) => void): readonly Column<FederatedCredential>[] {
  const told = (text: string) => <span title={text}>{text}</span>
  return [
    { name: 'Name', sortText: ({ name }) => name, render: ({ name }) => told(name) },
    {
      name: 'Subject identifier',
      width: 1.6,
      sortText: ({ properties }) => properties.subject,
      render: ({ properties }) => told(properties.subject),
    },
    {
      name: 'Issuer',
      width: 1.4,
      from: 640,
      sortText: ({ properties }) => properties.issuer,
      render: ({ properties }) => told(properties.issuer),
    },
    { name: 'Audience', from: 900, render: ({ properties }) => told(properties.audiences.join(', ')) },
    {
      name: 'Action',
      width: '64px',
      render: (row) => <IconButton label={`Delete ${row.name}`} icon={<RemoveIcon />} onClick={() => onRemove(row)} />,
    },
  ]
}
