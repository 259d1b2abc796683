import { Button, Link, SearchBox, Select, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { ActivityEventItem } from '../../../../contracts/activity-event.ts'
import { listActivity } from '../../../api/activity-log.ts'
import { useQuery } from '../../../api/use-query.ts'
import { Answered } from '../../../controls/answered.tsx'
import { download, toCsv } from '../../../controls/csv.ts'
import { DataTable, type Column } from '../../../controls/data-table.tsx'
import { TimeAgo } from '../../../controls/time.tsx'
import { DownloadIcon, FailureIcon, SuccessIcon } from '../../../icons/index.ts'
import type { TabProps } from '../tab-table.ts'
import { initiatorOf, operationOf } from './describe-event.ts'
import { EventDialog } from './event-dialog.tsx'

const useStyles = makeStyles({
  filters: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  search: { flexGrow: 1, minWidth: '180px', maxWidth: '320px' },
  status: { display: 'inline-flex', alignItems: 'center', gap: '6px' },
  failed: { '& svg': { color: tokens.colorPaletteRedForeground1 } },
  succeeded: { '& svg': { color: tokens.colorPaletteGreenForeground1 } },
})

const hour = 3_600_000
const timespans = [
  ['Last hour', hour],
  ['Last 6 hours', 6 * hour],
  ['Last 24 hours', 24 * hour],
  ['Last week', 168 * hour],
] as const

/** What was done to a resource and below it, by whom, and how it ended. */
export function ActivityLogTab({ id }: Pick<TabProps, 'id'>) {
  const styles = useStyles()
  const [text, setText] = useState('')
  const [status, setStatus] = useState('')
  const [timespan, setTimespan] = useState<number>(6 * hour)
  const [shown, setShown] = useState<ActivityEventItem | undefined>(undefined)
  const events = useQuery(
    `activity ${id.key} ${timespan}`,
    async (platform) => listActivity(platform, id, new Date(Date.now() - timespan).toISOString()),
    ['logs'],
  )
  const sought = text.trim().toLowerCase()
  const fits = (event: ActivityEventItem) =>
    (status === '' || event.status.value === status) &&
    [operationOf(event), event.operationName.value, initiatorOf(event), event.resourceId ?? '']
      .join('\n')
      .toLowerCase()
      .includes(sought)
  const save = (rows: readonly ActivityEventItem[]) =>
    download(`activity-log-${id.name || 'tenant'}.csv`, toCsv([csvHead, ...rows.map(csvRow)]), 'text/csv')
  return (
    <>
      <div className={styles.filters} role="search" aria-label="Activity log">
        <SearchBox
          className={styles.search}
          aria-label="Search activity"
          placeholder="Operation, initiator or resource"
          value={text}
          onChange={(_event, { value }) => setText(value)}
        />
        <Select aria-label="Timespan" value={String(timespan)} onChange={(_event, { value }) => setTimespan(Number(value))}>
          {timespans.map(([name, length]) => (
            <option key={name} value={length}>
              {name}
            </option>
          ))}
        </Select>
        <Select aria-label="Status" value={status} onChange={(_event, { value }) => setStatus(value)}>
          <option value="">Any status</option>
          {['Succeeded', 'Failed', 'Started', 'Accepted'].map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
        <Button
          appearance="subtle"
          icon={<DownloadIcon />}
          disabled={events.data === undefined}
          onClick={() => save((events.data ?? []).filter(fits))}
        >
          Download as CSV
        </Button>
      </div>
      <Answered answer={events} loading="Loading activity log">
        {(all) => (
          <DataTable
            label="Activity log"
            columns={columnsOf(styles, setShown)}
            rows={all.filter(fits)}
            keyOf={(event) => `${event.eventTimestamp} ${event.operationName.value} ${JSON.stringify(event['eventDataId'])}`}
            empty="Nothing was done in this time that fits the filter."
          />
        )}
      </Answered>
      {shown && <EventDialog event={shown} onClose={() => setShown(undefined)} />}
    </>
  )
}

const csvHead = ['Operation name', 'Status', 'Time', 'Event initiated by', 'Resource', 'Correlation ID']

function csvRow(event: ActivityEventItem): readonly string[] {
  const { status, eventTimestamp, resourceId, correlationId } = event
  return [operationOf(event), status.value, eventTimestamp, initiatorOf(event), resourceId ?? '', correlationId ?? '']
}

function columnsOf(
  styles: Readonly<Record<'status' | 'failed' | 'succeeded', string>>,
  onShow: (event: ActivityEventItem) => void,
): readonly Column<ActivityEventItem>[] {
  return [
    {
      name: 'Operation name',
      width: 1.6,
      sortText: operationOf,
      render: (event) => (
        <Link as="button" onClick={() => onShow(event)}>
          {operationOf(event)}
        </Link>
      ),
    },
    {
      name: 'Status',
      sortText: ({ status }) => status.value,
      render: ({ status: { value } }) => (
        <span className={`${styles.status} ${value === 'Failed' ? styles.failed : styles.succeeded}`}>
          {value === 'Failed' ? <FailureIcon /> : <SuccessIcon />} {value}
        </span>
      ),
    },
    {
      name: 'Time',
      from: 420,
      sortText: ({ eventTimestamp }) => eventTimestamp,
      render: (event) => <TimeAgo time={event.eventTimestamp} />,
    },
    {
      name: 'Resource',
      from: 820,
      sortText: ({ resourceId }) => resourceId ?? '',
      render: ({ resourceId }) => resourceId?.split('/').at(-1),
    },
    {
      name: 'Event initiated by',
      from: 600,
      width: 1.2,
      sortText: initiatorOf,
      render: (event) => <span title={initiatorOf(event)}>{initiatorOf(event)}</span>,
    },
  ]
}
