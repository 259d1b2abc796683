import { Button, Link, MessageBar, MessageBarBody, MessageBarTitle, Text, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { MachineExtension } from '../../../../contracts/machine-extension.ts'
import {
  deployManagedIdentityExtension,
  extensionFailure,
  isManagedIdentityExtension,
  listExtensions,
  managedIdentityExtensionName,
  redeployExtension,
  uninstallExtension,
} from '../../../api/extensions.ts'
import { useQuery } from '../../../api/use-query.ts'
import { Answered } from '../../../controls/answered.tsx'
import { ConfirmDialog } from '../../../controls/confirm-dialog.tsx'
import { DataTable, type Column } from '../../../controls/data-table.tsx'
import { IconButton } from '../../../controls/icon-button.tsx'
import { AddIcon, FailureIcon, RefreshIcon, RemoveIcon, SuccessIcon } from '../../../icons/index.ts'
import { paths } from '../../../paths.ts'
import { usePortal } from '../../../portal-context.ts'
import { useWork } from '../../../shell/notifications.tsx'
import type { TabProps } from '../tab-table.ts'

const useStyles = makeStyles({
  text: { maxWidth: '720px' },
  state: { display: 'inline-flex', alignItems: 'center', gap: '6px' },
  failed: { '& svg': { color: tokens.colorPaletteRedForeground1 } },
  succeeded: { '& svg': { color: tokens.colorPaletteGreenForeground1 } },
  actions: { display: 'flex', gap: '4px' },
})

/** The extensions of a virtual machine, above all the one that gives tokens at `localhost:50342`. */
export function ExtensionsTab({ id, resource }: TabProps) {
  const styles = useStyles()
  const { platform } = usePortal()
  const work = useWork()
  const [busy, setBusy] = useState(false)
  const [removing, setRemoving] = useState<MachineExtension | undefined>(undefined)
  const extensions = useQuery(`extensions ${id.key}`, async (each) => listExtensions(each, id.text))
  const isDeployed = extensions.data?.some(isManagedIdentityExtension) ?? true
  const perform = async (verb: readonly [doing: string, done: string], name: string, how: () => Promise<void>) => {
    setBusy(true)
    await work({ doing: `${verb[0]} ${name} on ${id.name}`, done: `${verb[1]} ${name} on ${id.name}`, perform: how })
    setBusy(false)
  }
  const deploy = async () =>
    perform(['Deploying', 'Deployed'], managedIdentityExtensionName(resource), async () =>
      deployManagedIdentityExtension(platform, resource),
    )
  const redeploy = (extension: MachineExtension) =>
    void perform(['Redeploying', 'Redeployed'], extension.name, async () => redeployExtension(platform, extension))
  const uninstall = async (extension: MachineExtension) => {
    setRemoving(undefined)
    await perform(['Uninstalling', 'Uninstalled'], extension.name, async () => uninstallExtension(platform, extension.id))
  }
  return (
    <>
      <Text className={styles.text}>
        The managed-identity extension answers at <code>http://localhost:50342/oauth2/token</code>, where programs that are older
        than the metadata service ask for tokens. The address is open only while the extension is deployed.
      </Text>
      <div role="toolbar" aria-label="Extensions">
        <Button
          appearance="primary"
          icon={<AddIcon />}
          disabled={isDeployed}
          disabledFocusable={busy}
          onClick={() => void deploy()}
        >
          Deploy managed-identity extension
        </Button>
      </div>
      <Answered answer={extensions} loading="Loading extensions">
        {(rows) => (
          <>
            {rows.map((row) => {
              const message = extensionFailure(row)
              return (
                message !== undefined && (
                  <MessageBar key={row.id} intent="error" layout="multiline">
                    <MessageBarBody>
                      <MessageBarTitle>{row.name} failed</MessageBarTitle>
                      {message} Put right what it says, and redeploy it.{' '}
                      <Link inline href={paths.resource(id.text, 'activity-log')}>
                        Activity log
                      </Link>
                    </MessageBarBody>
                  </MessageBar>
                )
              )
            })}
            <DataTable
              label="Extensions"
              columns={columnsOf(styles, busy, redeploy, setRemoving)}
              rows={rows}
              keyOf={(row) => row.id}
              empty="No extensions"
            />
          </>
        )}
      </Answered>
      <ConfirmDialog
        open={removing !== undefined}
        title="Uninstall extension"
        onConfirm={() => removing && void uninstall(removing)}
        onCancel={() => setRemoving(undefined)}
      >
        {removing && isManagedIdentityExtension(removing)
          ? `Programs on “${id.name}” that ask localhost:50342 for tokens are refused from then on. Uninstall ${removing.name}?`
          : `Uninstall ${removing?.name ?? ''} from “${id.name}”?`}
      </ConfirmDialog>
    </>
  )
}

function columnsOf(
  styles: Readonly<Record<'state' | 'failed' | 'succeeded' | 'actions', string>>,
  busy: boolean,
  onRedeploy: (extension: MachineExtension) => void,
  onUninstall: (extension: MachineExtension) => void,
): readonly Column<MachineExtension>[] {
  return [
    { name: 'Name', width: 1.4, sortText: ({ name }) => name, render: ({ name }) => <span title={name}>{name}</span> },
    {
      name: 'Type',
      from: 900,
      width: 1.6,
      render: ({ properties: { publisher, type } }) => <span title={`${publisher}.${type}`}>{`${publisher}.${type}`}</span>,
    },
    { name: 'Version', from: 1000, width: '70px', render: ({ properties }) => properties.typeHandlerVersion },
    {
      name: 'Status',
      width: '120px',
      sortText: ({ properties }) => properties.provisioningState ?? '',
      render: ({ properties: { provisioningState = '' } }) => (
        <span className={`${styles.state} ${provisioningState === 'Failed' ? styles.failed : styles.succeeded}`}>
          {provisioningState === 'Failed' ? <FailureIcon /> : <SuccessIcon />} {provisioningState}
        </span>
      ),
    },
    {
      name: 'Actions',
      width: '84px',
      render: (row) => (
        <span className={styles.actions}>
          <IconButton label={`Redeploy ${row.name}`} icon={<RefreshIcon />} disabled={busy} onClick={() => onRedeploy(row)} />
          <IconButton label={`Uninstall ${row.name}`} icon={<RemoveIcon />} disabled={busy} onClick={() => onUninstall(row)} />
        </span>
      ),
    },
  ]
}
