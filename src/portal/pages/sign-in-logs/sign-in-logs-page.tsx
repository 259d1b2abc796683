import { Text, makeStyles } from '@fluentui/react-components'
import { useMemo } from 'react'
import type { SignInItem } from '../../../contracts/sign-in.ts'
import { listSignIns } from '../../api/sign-ins.ts'
import { useQuery } from '../../api/use-query.ts'
import { Answered } from '../../controls/answered.tsx'
import { DataTable } from '../../controls/data-table.tsx'
import { SignInIcon } from '../../icons/index.ts'
import { paths, type SignInFilter } from '../../paths.ts'
import { goTo } from '../../routing/use-route.ts'
import { PageFrame } from '../../shell/page.tsx'
import type { PageProps } from '../../shell/page-table.ts'
import { useSignInColumns } from './sign-in-columns.tsx'
import { SignInDetails } from './sign-in-details.tsx'
import { SignInFilters } from './sign-in-filters.tsx'
import { mostRows, queryOf, requestCount } from './sign-in-query.ts'

const useStyles = makeStyles({ text: { maxWidth: '760px' } })

/** Every token that was issued or refused, newest first. */
export function SignInLogsPage({ route: { query } }: PageProps) {
  const styles = useStyles()
  const { item, ...filter }: SignInFilter = query
  const { principal = '', machine = '', status = '', since = '' } = filter
  const answer = useQuery(
    `sign-ins ${JSON.stringify([principal, machine, status, since])}`,
    async (platform) => listSignIns(platform, queryOf(filter, Date.now())),
    ['logs'],
  )
  const show = (shown: string | undefined) => goTo(paths.signInLogs({ ...filter, item: shown }), 'replace')
  return (
    <PageFrame title="Sign-in logs" subtitle="tokens that were issued and refused" icon={SignInIcon}>
      <Text className={styles.text}>
        Tokens themselves are never kept: a row has the claims of its token, and requests that are alike are counted in one row.
      </Text>
      <SignInFilters filter={filter} rows={answer.data ?? []} />
      <Answered answer={answer} loading="Loading sign-ins">
        {(rows) => <SignIns rows={rows} resource={filter.resource} onShow={show} />}
      </Answered>
      {item && <SignInDetails id={item} known={answer.data?.find(({ id }) => id === item)} onClose={() => show(undefined)} />}
    </PageFrame>
  )
}

interface SignInsProps {
  readonly rows: readonly SignInItem[]
  readonly resource: string | undefined
  readonly onShow: (id: string) => void
}

function SignIns({ rows, resource, onShow }: SignInsProps) {
  const found = useMemo(() => (resource ? rows.filter(({ resourceId }) => resourceId === resource) : rows), [rows, resource])
  const columns = useSignInColumns(onShow)
  const requests = requestCount(found)
  return (
    <>
      <Text size={200} role="status">
        {requests === found.length ? `${found.length} sign-ins` : `${requests} sign-ins in ${found.length} rows`}
        {rows.length === mostRows && '; a narrower filter finds older ones'}
      </Text>
      <DataTable
        label="Sign-ins"
        fill
        columns={columns}
        rows={found}
        keyOf={({ id }) => id}
        empty="No sign-in fits the filter. A token appears here within seconds of being asked for."
      />
    </>
  )
}
