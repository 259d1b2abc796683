import { Link, makeStyles, tokens } from '@fluentui/react-components'
import type { SignInItem } from '../../../contracts/sign-in.ts'
import type { Column } from '../../controls/data-table.tsx'
import { TimeAgo } from '../../controls/time.tsx'
import { FailureIcon, SuccessIcon } from '../../icons/index.ts'
import { paths } from '../../paths.ts'
import { principalName } from './sign-in-query.ts'

const useStyles = makeStyles({
  outcome: { display: 'inline-flex', alignItems: 'center', gap: '6px', verticalAlign: 'middle' },
  failed: { '& svg': { color: tokens.colorPaletteRedForeground1 } },
  succeeded: { '& svg': { color: tokens.colorPaletteGreenForeground1 } },
})

/** The columns of the log. @param onShow is called with the id of the sign-in whose details are wanted */
export function useSignInColumns(onShow: (id: string) => void): readonly Column<SignInItem>[] {
  const styles = useStyles()
  return [
    {
      name: 'Identity',
      width: 1.3,
      sortText: principalName,
      render: (row) => (
        <Link as="button" title={principalName(row)} onClick={() => onShow(row.id)}>
          {principalName(row)}
        </Link>
      ),
    },
    {
      name: 'Status',
      width: '96px',
      sortText: ({ status }) => String(status.errorCode),
      render: ({ status: { errorCode, failureReason } }) =>
        errorCode === 0 ? (
          <span className={`${styles.outcome} ${styles.succeeded}`}>
            <SuccessIcon /> Success
          </span>
        ) : (
          <span className={`${styles.outcome} ${styles.failed}`} title={failureReason ?? undefined}>
            <FailureIcon /> Failure
          </span>
        ),
    },
    {
      name: 'Time',
      width: 0.8,
      from: 420,
      sortText: ({ createdDateTime }) => createdDateTime,
      render: ({ createdDateTime }) => <TimeAgo time={createdDateTime} />,
    },
    {
      name: 'Resource',
      from: 520,
      width: 1.3,
      sortText: ({ resourceDisplayName }) => resourceDisplayName ?? '',
      render: ({ resourceDisplayName, resourceId }) => <span title={resourceId ?? undefined}>{resourceDisplayName}</span>,
    },
    {
      name: 'Machine',
      from: 700,
      sortText: ({ lanyard }) => machineName(lanyard.machineId),
      render: ({ lanyard: { machineId } }) =>
        machineId ? <Link href={paths.resource(machineId)}>{machineName(machineId)}</Link> : null,
    },
    { name: 'IP address', from: 1000, width: 0.8, render: ({ ipAddress }) => ipAddress },
    {
      name: 'Requests',
      from: 620,
      width: '90px',
      sortText: ({ lanyard: { count } }) => String(count),
      render: ({ lanyard: { count } }) => count.toLocaleString('en'),
    },
  ]
}

function machineName(id: string | null | undefined): string {
  return id?.split('/').at(-1) ?? ''
}
