import { Link, Text, makeStyles, tokens } from '@fluentui/react-components'
import { listSignIns } from '../../api/sign-ins.ts'
import { useQuery } from '../../api/use-query.ts'
import { Answered } from '../../controls/answered.tsx'
import { TimeAgo } from '../../controls/time.tsx'
import { FailureIcon } from '../../icons/index.ts'
import { paths } from '../../paths.ts'
import { principalName } from '../sign-in-logs/sign-in-query.ts'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '8px' },
  item: {
    display: 'grid',
    gridTemplateColumns: '16px minmax(0, 1fr)',
    gap: '8px',
    paddingBottom: '8px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  sign: { color: tokens.colorPaletteRedForeground1, paddingTop: '2px' },
  reason: { overflowWrap: 'anywhere' },
})

/** The token requests that were refused last, each with the way to why. */
export function RecentRefusals() {
  const styles = useStyles()
  const refusals = useQuery('recent-refusals', async (platform) => listSignIns(platform, { failed: true, most: 5 }), ['logs'])
  return (
    <Answered answer={refusals} loading="Loading sign-ins">
      {(items) =>
        items.length === 0 ? (
          <Text>No token request was refused.</Text>
        ) : (
          <ul className={styles.list}>
            {items.map(({ id, createdDateTime, resourceDisplayName, status, ...item }) => (
              <li key={id} className={styles.item}>
                <span className={styles.sign}>
                  <FailureIcon />
                </span>
                <div className={styles.reason}>
                  <Text weight="semibold">{principalName(item)}</Text>
                  {resourceDisplayName ? <Text> for {resourceDisplayName}</Text> : null}
                  <br />
                  <Text size={200}>{status.failureReason ?? `Error ${status.errorCode}`}</Text>
                  <br />
                  <Text size={200}>
                    <TimeAgo time={createdDateTime} /> · <Link href={paths.why(id)}>Why?</Link>
                  </Text>
                </div>
              </li>
            ))}
          </ul>
        )
      }
    </Answered>
  )
}
