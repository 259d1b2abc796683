import { Button, Tooltip } from '@fluentui/react-components'
import type { ReactElement } from 'react'

interface IconButtonProps {
  /** What it does, for those who hear it and those who point at it. */
  readonly label: string
  readonly icon: ReactElement
  readonly disabled?: boolean
  readonly onClick: () => void
}

/** A small button of a table's row. While it is disabled it keeps the focus. */
export function IconButton({ label, icon, disabled = false, onClick }: IconButtonProps) {
  return (
    <Tooltip relationship="label" content={label}>
      <Button size="small" appearance="subtle" icon={icon} disabledFocusable={disabled} onClick={onClick} />
    </Tooltip>
  )
}
