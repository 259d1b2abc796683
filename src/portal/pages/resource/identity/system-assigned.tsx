import { Button, Field, Switch, Text, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import { changeIdentity, hasSystemIdentity } from '../../../api/identities.ts'
import { ConfirmDialog } from '../../../controls/confirm-dialog.tsx'
import { Essentials } from '../../../controls/essentials.tsx'
import { SaveIcon } from '../../../icons/index.ts'
import { usePortal } from '../../../portal-context.ts'
import { useWork } from '../../../shell/notifications.tsx'
import type { TabProps } from '../tab-table.ts'
import { HeldRoles } from './held-roles.tsx'

const useStyles = makeStyles({
  column: { display: 'flex', flexDirection: 'column', gap: '16px' },
  commands: { display: 'flex', gap: '8px' },
  text: { maxWidth: '720px' },
})

/** The machine's own identity: off or on. */
export function SystemAssigned({ id, resource }: Pick<TabProps, 'id' | 'resource'>) {
  const styles = useStyles()
  const { platform } = usePortal()
  const work = useWork()
  const isOn = hasSystemIdentity(resource)
  const [wanted, setWanted] = useState<boolean | undefined>(undefined)
  const [asking, setAsking] = useState(false)
  const [saving, setSaving] = useState(false)
  const shown = wanted ?? isOn
  const isChanged = wanted !== undefined && wanted !== isOn
  const save = async () => {
    setAsking(false)
    setSaving(true)
    const [doing, done] = shown ? ['Enabling', 'Enabled'] : ['Disabling', 'Disabled']
    const what = `the system assigned managed identity of ${id.name}`
    await work({
      doing: `${doing} ${what}`,
      done: `${done} ${what}`,
      perform: async () => changeIdentity(platform, resource, { system: shown }),
    })
    setSaving(false)
    setWanted(undefined)
  }
  const { principalId, tenantId } = resource.identity ?? {}
  return (
    <div className={styles.column}>
      <Text className={styles.text}>
        A system assigned managed identity belongs to this resource alone, and lives as long as it. The resource gets tokens with
        it without keeping any credential.
      </Text>
      <div className={styles.commands} role="toolbar" aria-label="System assigned identity">
        <Button
          appearance="primary"
          icon={<SaveIcon />}
          disabled={!isChanged}
          disabledFocusable={saving}
          onClick={() => setAsking(true)}
        >
          Save
        </Button>
        <Button disabled={!isChanged || saving} onClick={() => setWanted(undefined)}>
          Discard
        </Button>
      </div>
      <Field label="Status">
        <Switch
          checked={shown}
          disabled={saving}
          label={shown ? 'On' : 'Off'}
          onChange={(_event, { checked }) => setWanted(checked)}
        />
      </Field>
      {isOn && principalId !== undefined && (
        <>
          <Essentials
            items={[
              { name: 'Object (principal) ID', value: principalId, copy: principalId },
              ...(tenantId === undefined ? [] : [{ name: 'Tenant ID', value: tenantId, copy: tenantId }]),
            ]}
          />
          <HeldRoles principalId={principalId} scope={id} />
        </>
      )}
      <ConfirmDialog
        open={asking}
        title={`${shown ? 'Enable' : 'Disable'} system assigned managed identity`}
        onConfirm={() => void save()}
        onCancel={() => setAsking(false)}
      >
        {shown ? (
          <>
            A service principal for “{id.name}” is made in the tenant's directory. It can then be granted access to resources;
            until it is, its tokens open nothing. Enable it?
          </>
        ) : (
          <>
            The service principal of “{id.name}” is deleted, and its tokens are refused from that moment. Its role assignments
            stay behind with an id that is nobody's: switching the identity on again makes another one. Disable it?
          </>
        )}
      </ConfirmDialog>
    </div>
  )
}
