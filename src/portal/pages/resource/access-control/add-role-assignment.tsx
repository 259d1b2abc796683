import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Radio,
  RadioGroup,
  Select,
  makeStyles,
} from '@fluentui/react-components'
import { useState } from 'react'
import type { ResourceId } from '../../../../resource-ids/resource-id.ts'
import { grant, listRoles } from '../../../api/access.ts'
import { listPrincipals, type PrincipalKind } from '../../../api/principals.ts'
import { useQuery } from '../../../api/use-query.ts'
import { useReturnFocus } from '../../../controls/use-return-focus.ts'
import { CodeBlock } from '../../../controls/code-block.tsx'
import { ErrorBar } from '../../../controls/error-bar.tsx'
import { Picker } from '../../../controls/picker.tsx'
import { usePortal } from '../../../portal-context.ts'
import { useWork } from '../../../shell/notifications.tsx'
import { principalChoice } from './principal-choice.ts'
import { scopeName, scopesAbove } from './scope-name.ts'

const useStyles = makeStyles({
  content: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: '12px',
    '& select': { minWidth: 0, width: '100%' },
  },
})

const kinds: readonly PrincipalKind[] = ['Managed identity', 'User', 'Application']

/** Gives a role: which, to whom, and where. */
export function AddRoleAssignment({ id, onClose }: { readonly id: ResourceId; readonly onClose: () => void }) {
  const styles = useStyles()
  useReturnFocus()
  const { platform } = usePortal()
  const work = useWork()
  const roles = useQuery(`roles ${id.key}`, async (each) => listRoles(each, id.text))
  const principals = useQuery('principals', listPrincipals)
  const [roleId, setRoleId] = useState<string | undefined>(undefined)
  const [kind, setKind] = useState<string>('Managed identity')
  const [principalId, setPrincipalId] = useState<string | undefined>(undefined)
  const [scope, setScope] = useState(id.text)
  const role = roles.data?.find((one) => one.id === roleId)
  const principal = principals.data?.find(({ objectId }) => objectId === principalId)
  const members = (principals.data ?? []).filter((one) => one.kind === kind)
  const failed = roles.error ?? principals.error
  const assign = async () => {
    if (!role || !principal) return
    onClose()
    const what = `${role.properties.roleName} to ${principal.name}`
    await work({
      doing: `Assigning ${what}`,
      done: `Assigned ${what} at ${scopeName(scope)}`,
      perform: async () => grant(platform, scope, role.id, principal),
    })
  }
  return (
    <Dialog open onOpenChange={(_event, { open }) => open || onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Add role assignment</DialogTitle>
          <DialogContent className={styles.content}>
            {failed !== undefined && <ErrorBar error={failed} />}
            <Picker
              label="Role"
              required
              placeholder="Search by role name or description"
              choices={(roles.data ?? []).map((one) => ({
                value: one.id,
                text: one.properties.roleName,
                detail: one.properties.description ?? undefined,
              }))}
              value={roleId}
              onChange={setRoleId}
            />
            <Field label="Assign access to">
              <RadioGroup
                layout="horizontal"
                value={kind}
                onChange={(_event, { value }) => {
                  setKind(value)
                  setPrincipalId(undefined)
                }}
              >
                {kinds.map((one) => (
                  <Radio key={one} value={one} label={one} />
                ))}
              </RadioGroup>
            </Field>
            <Picker
              key={kind}
              label="Member"
              required
              placeholder={`Search ${members.length} by name or ID`}
              choices={members.map(principalChoice)}
              value={principalId}
              onChange={setPrincipalId}
            />
            <Field label="Scope" hint="The role counts there and everywhere below.">
              <Select value={scope} onChange={(_event, { value }) => setScope(value)}>
                {scopesAbove(id).map(({ text }) => (
                  <option key={text} value={text}>
                    {scopeName(text)}
                  </option>
                ))}
              </Select>
            </Field>
            {role && principal && (
              <CodeBlock
                label="The same with Azure CLI"
                code={`az role assignment create --role "${role.properties.roleName}" --assignee ${principal.objectId} --scope "${scope}"`}
              />
            )}
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" disabled={!role || !principal} onClick={() => void assign()}>
              Assign
            </Button>
            <Button onClick={onClose}>Cancel</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
