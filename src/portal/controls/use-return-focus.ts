import { useEffect, useState } from 'react'

/** Gives the focus back to what had it before a dialog, when the dialog goes. Called by what is there only while the dialog is. */
export function useReturnFocus(): void {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      // After the dialog has left the page, and only where it left the focus nowhere.
      setTimeout(() => {
        const isNowhere = document.activeElement === null || document.activeElement === document.body
        if (isNowhere && before instanceof HTMLElement && before.isConnected) before.focus()
      })
    },
    [before],
  )
}
