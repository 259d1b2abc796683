import { Tab, TabList, Text, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { fixesFor } from '../../../diagnosis/explain.ts'
import type { Cause, Fixes, KnownError } from '../../../diagnosis/known-error.ts'
import type { Variables } from '../../../diagnosis/variables.ts'
import { CodeBlock } from '../../controls/code-block.tsx'

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', gap: '12px', minWidth: 0 },
  printedBy: { color: tokens.colorNeutralForeground3 },
  meaning: { margin: 0, maxWidth: '760px', fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300 },
  causes: { margin: 0, paddingLeft: '24px', display: 'flex', flexDirection: 'column', gap: '20px' },
  cause: { minWidth: 0, '::marker': { fontWeight: tokens.fontWeightSemibold } },
  words: { margin: 0, maxWidth: '760px' },
  howToTell: { margin: '4px 0 0', maxWidth: '760px', color: tokens.colorNeutralForeground2 },
  fix: { marginTop: '6px', display: 'flex', flexDirection: 'column', gap: '6px', minWidth: 0 },
  clicks: { margin: 0, padding: '8px 0', overflowWrap: 'anywhere' },
})

type Shell = keyof Fixes
const shells: readonly (readonly [shell: Shell, name: string])[] = [
  ['az', 'Azure CLI'],
  ['powershell', 'PowerShell'],
  ['portal', 'Portal'],
  ['lanyard', 'Lanyard'],
]

interface KnownErrorViewProps {
  readonly error: KnownError
  /** What was read out of a text, for the commands. */
  readonly variables?: Variables
}

/** A known error: what it means, its causes, how to tell which it is, and what fixes each. */
export function KnownErrorView({ error, variables = {} }: KnownErrorViewProps) {
  const styles = useStyles()
  const [preferred, setPreferred] = useState<Shell>('az')
  return (
    <div className={styles.view}>
      <Text size={200} className={styles.printedBy}>
        Printed by {error.printedBy.map(({ client, version }) => `${client} (${version})`).join(', ')}
      </Text>
      <p className={styles.meaning}>{error.meaning}</p>
      <ol className={styles.causes} aria-label="Causes">
        {error.causes.map((cause) => (
          <li key={cause.cause} className={styles.cause}>
            <CauseView cause={cause} variables={variables} preferred={preferred} onPrefer={setPreferred} />
          </li>
        ))}
      </ol>
    </div>
  )
}

interface CauseViewProps {
  readonly cause: Cause
  readonly variables: Variables
  readonly preferred: Shell
  readonly onPrefer: (shell: Shell) => void
}

function CauseView({ cause: { cause, howToTell, fixes: templates }, variables, preferred, onPrefer }: CauseViewProps) {
  const styles = useStyles()
  const fixes = fixesFor({ variables }, templates)
  const offered = shells.filter(([shell]) => fixes[shell] !== undefined)
  const shown = offered.find(([shell]) => shell === preferred) ?? offered[0]
  return (
    <>
      <p className={styles.words}>
        <Text weight="semibold">{cause}</Text>
      </p>
      <p className={styles.howToTell}>How to tell: {howToTell}</p>
      {shown && (
        <div className={styles.fix}>
          <TabList
            size="small"
            selectedValue={shown[0]}
            aria-label={`Fix: ${cause}`}
            onTabSelect={(_event, { value }) => {
              const chosen = offered.find(([shell]) => shell === value)
              if (chosen) onPrefer(chosen[0])
            }}
          >
            {offered.map(([shell, name]) => (
              <Tab key={shell} value={shell}>
                {name}
              </Tab>
            ))}
          </TabList>
          {shown[0] === 'portal' ? (
            <p className={styles.clicks}>{fixes.portal}</p>
          ) : (
            <CodeBlock code={fixes[shown[0]] ?? ''} label={`Fix with ${shown[1]}: ${cause}`} wraps />
          )}
        </div>
      )}
    </>
  )
}
