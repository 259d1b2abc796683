import {
  Breadcrumb,
  BreadcrumbButton,
  BreadcrumbDivider,
  BreadcrumbItem,
  Text,
  makeStyles,
  tokens,
} from '@fluentui/react-components'
import { Fragment, useEffect, useRef, type ReactNode } from 'react'
import type { Icon } from '../icons/index.ts'
import { paths } from '../paths.ts'

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', minHeight: 0, flexGrow: 1, padding: '8px 20px 20px', gap: '8px' },
  narrow: { '@media (max-width: 599px)': { padding: '4px 12px 12px' } },
  head: { display: 'flex', alignItems: 'center', gap: '12px', minWidth: 0 },
  icon: { display: 'inline-flex', color: tokens.colorBrandForeground1, '& svg': { width: '32px', height: '32px' } },
  words: { minWidth: 0 },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: 'anywhere',
    ':focus': { outlineStyle: 'none' },
  },
  subtitle: { color: tokens.colorNeutralForeground3 },
  commands: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '4px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    paddingBottom: '4px',
  },
  body: { display: 'flex', flexDirection: 'column', gap: '16px', minHeight: 0, flexGrow: 1 },
})

export interface Crumb {
  readonly text: string
  readonly path: string
}

interface PageFrameProps {
  readonly title: string
  /** What it is, below its name, as in Azure's portal: `Virtual machine`. */
  readonly subtitle?: string
  readonly icon?: Icon
  /** The way here after Home; the page itself is not in it. */
  readonly crumbs?: readonly Crumb[]
  /** Buttons of the bar below the title. */
  readonly commands?: ReactNode
  readonly children: ReactNode
}

/** Whether the portal has shown a page before: the first one takes no focus, so that a reader begins at the top. */
let hasShown = false

/** The frame of every page: breadcrumbs, its one `h1`, commands. Going to a page moves the focus to its title, which says it aloud. */
export function PageFrame({ title, subtitle, icon: Icon, crumbs = [], commands, children }: PageFrameProps) {
  const styles = useStyles()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = title === 'Home' ? 'Lanyard' : `${title} - Lanyard`
    if (hasShown) heading.current?.focus()
    hasShown = true
  }, [title])
  return (
    <div className={`${styles.page} ${styles.narrow}`}>
      {title !== 'Home' && <Crumbs crumbs={crumbs} />}
      <div className={styles.head}>
        {Icon && (
          <span className={styles.icon}>
            <Icon />
          </span>
        )}
        <div className={styles.words}>
          <h1 ref={heading} tabIndex={-1} className={styles.title}>
            {title}
          </h1>
          {subtitle !== undefined && (
            <Text size={200} className={styles.subtitle}>
              {subtitle}
            </Text>
          )}
        </div>
      </div>
      {commands !== undefined && (
        <div role="toolbar" aria-label="Commands" className={styles.commands}>
          {commands}
        </div>
      )}
      <div className={styles.body}>{children}</div>
    </div>
  )
}

function Crumbs({ crumbs }: { readonly crumbs: readonly Crumb[] }) {
  return (
    <Breadcrumb size="small" aria-label="Breadcrumb">
      {[{ text: 'Home', path: paths.home() }, ...crumbs].map(({ text, path }) => (
        <Fragment key={path}>
          <BreadcrumbItem>
            <BreadcrumbButton href={path}>{text}</BreadcrumbButton>
          </BreadcrumbItem>
          <BreadcrumbDivider />
        </Fragment>
      ))}
    </Breadcrumb>
  )
}
