import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CopyButton } from './copy-button.tsx'

const useStyles = makeStyles({
  block: {
    display: 'flex',
    alignItems: 'flex-start',
    backgroundColor: tokens.colorNeutralBackground3,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    minWidth: 0,
  },
  text: {
    margin: 0,
    padding: '10px 12px',
    flexGrow: 1,
    minWidth: 0,
    overflow: 'auto',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    whiteSpace: 'pre',
    maxHeight: '60vh',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  wrapped: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  copy: { padding: '6px' },
})

interface CodeBlockProps {
  readonly code: string
  /** What it is, for the button and for screen readers. */
  readonly label: string
  /** Whether long lines are broken, as of commands that are read before they are copied; else they scroll. */
  readonly wraps?: boolean
}

/** A command, a program or JSON, to read and to copy. */
export function CodeBlock({ code, label, wraps = false }: CodeBlockProps) {
  const styles = useStyles()
  return (
    <div className={styles.block}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard */}
      <pre className={mergeClasses(styles.text, wraps && styles.wrapped)} tabIndex={0} role="region" aria-label={label}>
        <code>{code}</code>
      </pre>
      <span className={styles.copy}>
        <CopyButton text={code} what={label} />
      </span>
    </div>
  )
}
