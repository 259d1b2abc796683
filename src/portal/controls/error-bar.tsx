import {
  Button,
  Link,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
} from '@fluentui/react-components'
import { paths } from '../paths.ts'
import { failureOf } from '../shell/failure.ts'
import { CopyButton } from './copy-button.tsx'

const useStyles = makeStyles({
  request: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px', marginTop: '2px' },
  id: { overflowWrap: 'anywhere' },
})

/** What an error says: its code and message, and the way to why. Used in bars and in notifications. */
export function FailureText({ error }: { readonly error: unknown }) {
  const styles = useStyles()
  const { message, requestId } = failureOf(error)
  return (
    <>
      <div className={styles.id}>{message}</div>
      {requestId !== undefined && (
        <div className={styles.request}>
          <span className={styles.id}>Request id: {requestId}</span>
          <CopyButton text={requestId} what="request id" />
          <Link inline href={paths.why(requestId)}>
            Why?
          </Link>
        </div>
      )}
    </>
  )
}

/** A failure in the place of what could not be shown. */
export function ErrorBar({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{failureOf(error).code}</MessageBarTitle>
        <FailureText error={error} />
      </MessageBarBody>
      {onRetry && (
        <MessageBarActions>
          <Button onClick={onRetry}>Try again</Button>
        </MessageBarActions>
      )}
    </MessageBar>
  )
}
