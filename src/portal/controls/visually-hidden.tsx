import { makeStyles } from '@fluentui/react-components'
import type { ReactNode } from 'react'

const useStyles = makeStyles({
  hidden: {
    position: 'absolute',
    width: '1px',
    height: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  },
})

/** Text for screen readers alone; `live` is said when it changes. */
export function VisuallyHidden({ live = false, children }: { readonly live?: boolean; readonly children: ReactNode }) {
  const { hidden } = useStyles()
  return (
    <span className={hidden} {...(live && { role: 'status' })}>
      {children}
    </span>
  )
}
