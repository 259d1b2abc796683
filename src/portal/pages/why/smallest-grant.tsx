import { Button, Text, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import { giveSmallestGrant, type RequestFacts } from '../../api/request-explanations.ts'
import { CodeBlock } from '../../controls/code-block.tsx'
import { ConfirmDialog } from '../../controls/confirm-dialog.tsx'
import { Section } from '../../controls/section.tsx'
import { usePortal } from '../../portal-context.ts'
import { useWork } from '../../shell/notifications.tsx'
import { scopeName } from '../resource/access-control/scope-name.ts'

const useStyles = makeStyles({
  text: { overflowWrap: 'anywhere' },
  button: { alignSelf: 'start' },
})

interface SmallestGrantProps {
  readonly grant: NonNullable<RequestFacts['smallestGrant']>
  readonly caller: RequestFacts['caller']
}

/** The narrowest role that would have allowed a request: as a command, and as a button. */
export function SmallestGrant({ grant, caller }: SmallestGrantProps) {
  const styles = useStyles()
  const { platform } = usePortal()
  const work = useWork()
  const [asking, setAsking] = useState(false)
  const objectId = caller?.objectId
  const name = caller?.name ?? objectId ?? ''
  const where = scopeName(grant.scope)
  const give = async () => {
    setAsking(false)
    if (objectId === undefined) return
    await work({
      doing: `Giving ${name} the role ${grant.roleName} at ${where}`,
      done: `${name} has the role ${grant.roleName} at ${where}. Send the request again.`,
      perform: async () => giveSmallestGrant(platform, objectId, grant),
    })
  }
  return (
    <Section title="The smallest grant that allows it">
      <Text className={styles.text}>
        The role {grant.roleName} at {grant.scope}
      </Text>
      <CodeBlock code={grant.command} label="Command for Azure CLI" wraps />
      <CodeBlock code={grant.lanyard} label="Command for Lanyard" wraps />
      {objectId !== undefined && (
        <Button className={styles.button} appearance="primary" onClick={() => setAsking(true)}>
          Assign {grant.roleName}
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        title={`Assign the role ${grant.roleName}?`}
        confirm="Assign"
        onConfirm={() => void give()}
        onCancel={() => setAsking(false)}
      >
        “{name}” may then do everything that {grant.roleName} allows at {where}, and below it. The role can be taken away again
        under Access control (IAM).
      </ConfirmDialog>
    </Section>
  )
}
