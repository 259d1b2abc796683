import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { useReturnFocus } from './use-return-focus.ts'

interface ConfirmDialogProps {
  readonly title: string
  /** What will happen. */
  readonly children: ReactNode
  /** The button that does it; `Yes` when left out, as in Azure's portal. */
  readonly confirm?: string
  readonly onConfirm: () => void
  readonly onCancel: () => void
}

/** Asks before something is done that cannot be taken back by a click. */
export function ConfirmDialog({ open, ...asked }: ConfirmDialogProps & { readonly open: boolean }) {
  return open ? <OpenDialog {...asked} /> : null
}

function OpenDialog({ title, children, confirm = 'Yes', onConfirm, onCancel }: ConfirmDialogProps) {
  useReturnFocus()
  return (
    <Dialog open modalType="alert" onOpenChange={(_event, { open: next }) => next || onCancel()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>{children}</DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onConfirm}>
              {confirm}
            </Button>
            <Button onClick={onCancel}>{confirm === 'Yes' ? 'No' : 'Cancel'}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
