import { Button, Text, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import type { ResourceId } from '../../../resource-ids/resource-id.ts'
import { deleteIdentity, listAssociatedResources } from '../../api/managed-identities.ts'
import { useQuery } from '../../api/use-query.ts'
import { Answered } from '../../controls/answered.tsx'
import { ConfirmDialog } from '../../controls/confirm-dialog.tsx'
import { RemoveIcon, SignInIcon } from '../../icons/index.ts'
import { paths } from '../../paths.ts'
import { usePortal } from '../../portal-context.ts'
import { goTo } from '../../routing/use-route.ts'
import { useWork } from '../../shell/notifications.tsx'
import type { TabProps } from './tab-table.ts'

const useStyles = makeStyles({ told: { display: 'flex', flexDirection: 'column', gap: '8px' }, list: { margin: 0 } })

/** Names that are said before the rest is counted. */
const mostNamed = 10

/** What can be done to a user-assigned identity as a whole. */
export function IdentityCommands({ id, resource }: Pick<TabProps, 'id' | 'resource'>) {
  const principal = resource.properties?.['principalId']
  const { platform } = usePortal()
  const work = useWork()
  const [asking, setAsking] = useState(false)
  const remove = async () => {
    setAsking(false)
    await work({
      doing: `Deleting the managed identity ${id.name}`,
      done: `Deleted the managed identity ${id.name}`,
      perform: async () => {
        // First, so that nothing asks for what is no longer there.
        goTo(paths.managedIdentities())
        await deleteIdentity(platform, id.text)
      },
    })
  }
  return (
    <>
      <Button appearance="subtle" icon={<RemoveIcon />} onClick={() => setAsking(true)}>
        Delete
      </Button>
      {typeof principal === 'string' && (
        <Button appearance="subtle" as="a" icon={<SignInIcon />} href={paths.signInLogs({ principal })}>
          Sign-in logs
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        title={`Delete the managed identity “${id.name}”?`}
        confirm="Delete"
        onConfirm={() => void remove()}
        onCancel={() => setAsking(false)}
      >
        <WhoLosesIt id={id} />
      </ConfirmDialog>
    </>
  )
}

function WhoLosesIt({ id }: { readonly id: ResourceId }) {
  const styles = useStyles()
  const users = useQuery(`used by ${id.key}`, async (platform) => listAssociatedResources(platform, id.text))
  return (
    <div className={styles.told}>
      <Answered answer={users} loading="Looking for who uses it">
        {(rows) =>
          rows.length === 0 ? (
            <Text>No resource that you may see uses it.</Text>
          ) : (
            <>
              <Text>{rows.length === 1 ? 'One resource loses it:' : `${rows.length} resources lose it:`}</Text>
              <ul className={styles.list} aria-label="Resources that lose the identity">
                {rows.slice(0, mostNamed).map((row) => (
                  <li key={row.id}>{row.name}</li>
                ))}
                {rows.length > mostNamed && <li>and {rows.length - mostNamed} more</li>}
              </ul>
            </>
          )
        }
      </Answered>
      <Text>
        Its tokens are no longer accepted, its federated credentials go with it, and its role assignments are left without a
        holder. An identity that is made anew under the same name is another one, with other ids. This cannot be taken back.
      </Text>
    </div>
  )
}
