import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'

const useStyles = makeStyles({
  link: {
    color: tokens.colorBrandForegroundLink,
    textDecorationLine: 'none',
    ':hover': { color: tokens.colorBrandForegroundLinkHover, textDecorationLine: 'underline' },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  line: { display: 'grid', gridTemplateColumns: '20px minmax(0, 1fr)', gap: '8px', alignItems: 'center' },
  text: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
})

/**
 * A link in a row of a table, with an icon before it. Fluent's own costs several times as much to draw, which a table that is
 * scrolled through ten thousand rows would show.
 */
export function RowLink({
  href,
  icon,
  children,
}: {
  readonly href: string
  readonly icon?: ReactNode
  readonly children: string
}) {
  const styles = useStyles()
  if (icon === undefined) {
    return (
      <a className={styles.link} href={href}>
        {children}
      </a>
    )
  }
  return (
    <a className={`${styles.link} ${styles.line}`} href={href} title={children}>
      {icon}
      <span className={styles.text}>{children}</span>
    </a>
  )
}
