import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { CopyButton } from './copy-button.tsx'

const useStyles = makeStyles({
  list: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 360px), 1fr))',
    columnGap: '32px',
    margin: 0,
  },
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(96px, 34%) minmax(0, 1fr)',
    alignItems: 'center',
    maxWidth: '640px',
    minHeight: '32px',
    padding: '4px 0',
    columnGap: '8px',
  },
  name: { color: tokens.colorNeutralForeground3 },
  value: { margin: 0, display: 'flex', alignItems: 'center', gap: '4px', minWidth: 0 },
  text: { overflowWrap: 'anywhere' },
})

export interface Essential {
  readonly name: string
  readonly value: ReactNode
  /** Text that a button beside the value copies. */
  readonly copy?: string | undefined
}

/** Names and values side by side, as at the top of a resource. */
export function Essentials({ items }: { readonly items: readonly Essential[] }) {
  const styles = useStyles()
  return (
    <dl className={styles.list}>
      {items.map(({ name, value, copy }) => (
        <div key={name} className={styles.row}>
          <dt className={styles.name}>{name}</dt>
          <dd className={styles.value}>
            <span className={styles.text}>{value}</span>
            {copy !== undefined && <CopyButton text={copy} what={name} />}
          </dd>
        </div>
      ))}
    </dl>
  )
}
