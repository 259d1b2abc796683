import {
  Link,
  Spinner,
  Toast,
  ToastBody,
  Toaster,
  ToastTitle,
  ToastTrigger,
  useToastController,
} from '@fluentui/react-components'
import { useId } from 'react'
import { FailureText } from '../controls/error-bar.tsx'
import { usePortal } from '../portal-context.ts'
import { failureOf } from './failure.ts'

const toaster = 'notifications'

/** Where notifications appear: at the top right, as in Azure's portal. They are said aloud by themselves. */
export function Notifications() {
  return (
    <Toaster toasterId={toaster} position="top-end" offset={{ vertical: 56, horizontal: 16 }} pauseOnHover pauseOnWindowBlur />
  )
}

/** Something that the platform is asked to do, in the words of its three notifications. */
export interface Work {
  /** `Enabling the system assigned identity of web-1` */
  readonly doing: string
  /** `Enabled the system assigned identity of web-1` */
  readonly done: string
  readonly perform: () => Promise<unknown>
}

/**
 * Does work and tells of it: that it is on its way, that it is done, or why it failed with its request id. What is shown is then
 * asked for again.
 * @returns whether it was done
 */
export function useWork(): (work: Work) => Promise<boolean> {
  const { dispatchToast, updateToast } = useToastController(toaster)
  const { cache } = usePortal()
  const prefix = useId()
  return async ({ doing, done, perform }) => {
    const toastId = `${prefix}${crypto.randomUUID()}`
    const progress = (
      <Toast>
        <ToastTitle media={<Spinner size="tiny" />}>{doing}</ToastTitle>
      </Toast>
    )
    dispatchToast(progress, { toastId, timeout: -1 })
    try {
      await perform()
      updateToast({ toastId, content: <Ended title={done} />, intent: 'success', timeout: 5000 })
      return true
    } catch (error) {
      updateToast({ toastId, content: <Failed doing={doing} error={error} />, intent: 'error', timeout: -1 })
      return false
    } finally {
      await cache.refresh(['revision', 'logs'])
    }
  }
}

const dismiss = (
  <ToastTrigger>
    <Link as="button">Dismiss</Link>
  </ToastTrigger>
)

function Ended({ title }: { readonly title: string }) {
  return (
    <Toast>
      <ToastTitle action={dismiss}>{title}</ToastTitle>
    </Toast>
  )
}

function Failed({ doing, error }: { readonly doing: string; readonly error: unknown }) {
  return (
    <Toast>
      <ToastTitle action={dismiss}>{failureOf(error).code}</ToastTitle>
      <ToastBody subtitle={`While ${doing.charAt(0).toLowerCase()}${doing.slice(1)}`}>
        <FailureText error={error} />
      </ToastBody>
    </Toast>
  )
}
