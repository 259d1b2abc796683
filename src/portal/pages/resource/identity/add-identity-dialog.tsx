import {
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  SearchBox,
  Text,
  makeStyles,
} from '@fluentui/react-components'
import { useState } from 'react'
import { groupOf } from '../../../../api-client/resource-ids.ts'
import { userAssignedIdentityType } from '../../../api/machine-kinds.ts'
import { listResources } from '../../../api/subscriptions.ts'
import { useQuery } from '../../../api/use-query.ts'
import { useReturnFocus } from '../../../controls/use-return-focus.ts'
import { Answered } from '../../../controls/answered.tsx'

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: '12px' },
  list: { maxHeight: '40vh', overflowY: 'auto', display: 'flex', flexDirection: 'column', margin: 0, padding: 0, border: 'none' },
})

/** More are found by typing. */
const mostShown = 100

interface AddIdentityDialogProps {
  /** ARM ids of those that the machine has already. */
  readonly attached: readonly string[]
  readonly onAdd: (ids: readonly string[]) => void
  readonly onCancel: () => void
}

/** Chooses identities to give to a machine. */
export function AddIdentityDialog({ attached, onAdd, onCancel }: AddIdentityDialogProps) {
  const styles = useStyles()
  useReturnFocus()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const identities = useQuery('identities', async (platform) => listResources(platform, [userAssignedIdentityType]))
  const has = new Set(attached.map((id) => id.toLowerCase()))
  const toggle = (id: string, isChosen: boolean) => setChosen(isChosen ? [...chosen, id] : chosen.filter((one) => one !== id))
  return (
    <Dialog open onOpenChange={(_event, { open }) => open || onCancel()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Add user assigned managed identity</DialogTitle>
          <DialogContent className={styles.content}>
            <SearchBox
              aria-label="Filter user assigned managed identities"
              placeholder="Filter by name or resource group"
              value={text}
              onChange={(_event, { value }) => setText(value)}
            />
            <Answered answer={identities} loading="Loading identities">
              {(all) => {
                const free = all.filter(
                  ({ id, name }) =>
                    !has.has(id.toLowerCase()) &&
                    `${name} ${groupOf(id) ?? ''}`.toLowerCase().includes(text.trim().toLowerCase()),
                )
                return (
                  <fieldset className={styles.list} aria-label="User assigned managed identities">
                    {free.slice(0, mostShown).map(({ id, name }) => (
                      <Checkbox
                        key={id}
                        label={`${name} (${groupOf(id) ?? ''})`}
                        checked={chosen.includes(id)}
                        onChange={(_event, { checked }) => toggle(id, checked === true)}
                      />
                    ))}
                    {free.length === 0 && <Text>There are no others. Make one with: az identity create -g GROUP -n NAME</Text>}
                  </fieldset>
                )
              }}
            </Answered>
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" disabled={chosen.length === 0} onClick={() => onAdd(chosen)}>
              Add
            </Button>
            <Button onClick={onCancel}>Cancel</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
