import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Link,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
} from '@fluentui/react-components'
import type { ActivityEventItem } from '../../../../contracts/activity-event.ts'
import { useReturnFocus } from '../../../controls/use-return-focus.ts'
import { CodeBlock } from '../../../controls/code-block.tsx'
import { Essentials } from '../../../controls/essentials.tsx'
import { Time } from '../../../controls/time.tsx'
import { paths } from '../../../paths.ts'
import { errorOf, initiatorOf, operationOf, requestIdOf } from './describe-event.ts'

const useStyles = makeStyles({
  surface: { maxWidth: '760px' },
  content: { display: 'flex', flexDirection: 'column', gap: '12px' },
})

/** One event of the activity log: what it says, why it failed, and all of it as JSON. */
export function EventDialog({ event, onClose }: { readonly event: ActivityEventItem; readonly onClose: () => void }) {
  const styles = useStyles()
  useReturnFocus()
  const error = errorOf(event)
  const requestId = requestIdOf(event)
  return (
    <Dialog open onOpenChange={(_event, { open }) => open || onClose()}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>{operationOf(event)}</DialogTitle>
          <DialogContent className={styles.content}>
            {error && (
              <MessageBar intent="error" layout="multiline">
                <MessageBarBody>
                  <MessageBarTitle>{error.code}</MessageBarTitle>
                  {error.message}{' '}
                  {requestId !== undefined && (
                    <Link inline href={paths.why(requestId)} onClick={onClose}>
                      Why?
                    </Link>
                  )}
                </MessageBarBody>
              </MessageBar>
            )}
            <Essentials
              items={[
                { name: 'Status', value: event.status.value },
                { name: 'Time', value: <Time time={event.eventTimestamp} /> },
                { name: 'Event initiated by', value: initiatorOf(event) },
                { name: 'Operation', value: event.operationName.value },
                ...(requestId === undefined ? [] : [{ name: 'Request ID', value: requestId, copy: requestId }]),
              ]}
            />
            <CodeBlock code={JSON.stringify(event, null, 2)} label="Event JSON" />
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>Close</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
