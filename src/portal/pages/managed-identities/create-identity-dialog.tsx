import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  Select,
  makeStyles,
} from '@fluentui/react-components'
import { useState, type FormEvent } from 'react'
import { createIdentity, listLocations } from '../../api/managed-identities.ts'
import { listResourceGroups, listSubscriptions } from '../../api/subscriptions.ts'
import { useQuery } from '../../api/use-query.ts'
import { useReturnFocus } from '../../controls/use-return-focus.ts'
import { usePortal } from '../../portal-context.ts'
import { useWork } from '../../shell/notifications.tsx'
import { mistakeInIdentityName, subscriptionOf } from './identity-filter.ts'

const useStyles = makeStyles({ content: { display: 'flex', flexDirection: 'column', gap: '12px' } })

/** Asks for what a user-assigned identity needs, and makes it. */
export function CreateIdentityDialog({ onClose }: { readonly onClose: () => void }) {
  const styles = useStyles()
  useReturnFocus()
  const { platform } = usePortal()
  const work = useWork()
  const subscriptions = useQuery('subscriptions', listSubscriptions)
  const groups = useQuery('resource-groups', listResourceGroups)
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({})
  const set = (field: string, value: string) => setChosen({ ...chosen, [field]: value })
  const { name = '' } = chosen
  const subscription = chosen['subscription'] ?? subscriptions.data?.[0]?.subscriptionId ?? ''
  const offered = (groups.data ?? []).filter(({ id }) => subscriptionOf(id) === subscription.toLowerCase())
  const group = offered.find((one) => one.name === chosen['group']) ?? offered[0]
  const regions = useQuery(subscription === '' ? undefined : `locations ${subscription}`, async (each) =>
    listLocations(each, subscription),
  )
  const location = chosen['location'] ?? group?.location ?? ''
  const wrongName = mistakeInIdentityName(name)
  const isWhole = name !== '' && !wrongName && group !== undefined && location !== ''
  const create = async (event: FormEvent) => {
    event.preventDefault()
    if (!isWhole) return
    onClose()
    await work({
      doing: `Creating the managed identity ${name}`,
      done: `Created the managed identity ${name}`,
      perform: async () => createIdentity(platform, { subscriptionId: subscription, group: group.name, name, location }),
    })
  }
  return (
    <Dialog open onOpenChange={(_event, { open }) => open || onClose()}>
      <DialogSurface>
        <form onSubmit={(event) => void create(event)}>
          <DialogBody>
            <DialogTitle>Create user assigned managed identity</DialogTitle>
            <DialogContent className={styles.content}>
              <Field label="Subscription" required>
                <Select value={subscription} onChange={(_event, { value }) => setChosen({ name, subscription: value })}>
                  {subscriptions.data?.map(({ subscriptionId, displayName }) => (
                    <option key={subscriptionId} value={subscriptionId}>
                      {displayName}
                    </option>
                  ))}
                </Select>
              </Field>
              <Field
                label="Resource group"
                required
                {...(groups.data && offered.length === 0 && { validationMessage: 'The subscription has none that you may see.' })}
              >
                <Select value={group?.name ?? ''} onChange={(_event, { value }) => set('group', value)}>
                  {offered.map((one) => (
                    <option key={one.id} value={one.name}>
                      {one.name}
                    </option>
                  ))}
                </Select>
              </Field>
              <Field label="Region" required>
                <Select value={location} onChange={(_event, { value }) => set('location', value)}>
                  {location !== '' && !regions.data?.some((region) => region.name === location) && (
                    <option value={location}>{location}</option>
                  )}
                  {regions.data?.map((region) => (
                    <option key={region.name} value={region.name}>
                      {region.displayName}
                    </option>
                  ))}
                </Select>
              </Field>
              <Field label="Name" required {...(wrongName !== undefined && { validationMessage: wrongName })}>
                <Input value={name} spellCheck={false} onChange={(_event, { value }) => set('name', value)} />
              </Field>
            </DialogContent>
            <DialogActions>
              <Button appearance="primary" type="submit" disabled={!isWhole}>
                Create
              </Button>
              <Button onClick={onClose}>Cancel</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  )
}
