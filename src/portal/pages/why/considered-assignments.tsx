import { Badge, Link, Text, makeStyles, tokens } from '@fluentui/react-components'
import type { RequestFacts } from '../../api/request-explanations.ts'
import { paths } from '../../paths.ts'
import { scopeName } from '../resource/access-control/scope-name.ts'
import { outcomeNames } from './words.ts'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '10px' },
  item: {
    display: 'flex',
    flexDirection: 'column',
    gap: '2px',
    paddingBottom: '10px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 8px' },
  reason: { margin: 0, overflowWrap: 'anywhere', color: tokens.colorNeutralForeground2 },
})

interface ConsideredAssignmentsProps {
  readonly assignments: NonNullable<RequestFacts['assignments']>
}

/** The role assignments that the caller held, each with the reason that it did not allow. */
export function ConsideredAssignments({ assignments }: ConsideredAssignmentsProps) {
  const styles = useStyles()
  if (assignments.length === 0) return <Text>The caller held none, at any scope.</Text>
  return (
    <ul className={styles.list}>
      {assignments.map(({ id, roleName, scope, outcome, reason }) => (
        <li key={id} className={styles.item}>
          <span className={styles.head}>
            <Text weight="semibold">{roleName}</Text> at{' '}
            <Link href={paths.resource(scope, 'access-control')} title={scope}>
              {scopeName(scope)}
            </Link>
            <Badge appearance="tint" color="informative">
              {outcomeNames[outcome]}
            </Badge>
          </span>
          <p className={styles.reason}>{reason}</p>
        </li>
      ))}
    </ul>
  )
}
