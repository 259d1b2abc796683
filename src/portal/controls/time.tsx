import { useEffect, useState } from 'react'
import { timeAgo } from './time-ago.ts'

/** A point in time as the reader's clock shows it, with its distance from now; the whole of it on hover. @param time ISO 8601 */
export function TimeAgo({ time }: { readonly time: string }) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 20_000)
    return () => clearInterval(timer)
  }, [])
  return (
    <time dateTime={time} title={fullTime(time)}>
      {timeAgo(Date.parse(time), now)}
    </time>
  )
}

/** A point in time, whole. @param time ISO 8601 */
export function Time({ time }: { readonly time: string }) {
  return (
    <time dateTime={time} title={time}>
      {fullTime(time)}
    </time>
  )
}

const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })

function fullTime(time: string): string {
  const parsed = Date.parse(time)
  return Number.isNaN(parsed) ? time : format.format(parsed)
}
