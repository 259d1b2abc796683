import { makeStyles, tokens } from '@fluentui/react-components'
import { explainClaims } from './claims-explained.ts'
import { Time } from './time.tsx'

const useStyles = makeStyles({
  list: { margin: 0, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium },
  claim: {
    display: 'grid',
    gridTemplateColumns: '90px minmax(0, 1fr)',
    gap: '2px 12px',
    padding: '8px 12px',
    ':not(:last-child)': { borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  },
  name: { fontFamily: tokens.fontFamilyMonospace, fontWeight: tokens.fontWeightSemibold },
  value: { margin: 0, overflowWrap: 'anywhere', fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
  meaning: { gridColumn: 2, margin: 0, color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

/** The claims of a token, each with what it says. The signature is never here: claims are what the platform tells of a token. */
export function TokenClaims({ claims }: { readonly claims: Readonly<Record<string, unknown>> }) {
  const styles = useStyles()
  return (
    <dl className={styles.list} aria-label="Claims of the token">
      {explainClaims(claims).map(({ name, value, time, meaning }) => (
        <div key={name} className={styles.claim}>
          <dt className={styles.name}>{name}</dt>
          <dd className={styles.value}>
            {value}
            {time !== undefined && (
              <>
                {' '}
                (<Time time={time} />)
              </>
            )}
          </dd>
          {meaning !== '' && <dd className={styles.meaning}>{meaning}</dd>}
        </div>
      ))}
    </dl>
  )
}
