const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** How long ago something was, in the largest unit that fits. Both in milliseconds since the epoch. */
export function timeAgo(time: number, now: number): string {
  const since = now - time
  const fitting = units.find(([, length]) => Math.abs(since) >= length)
  if (!fitting) return since < -5000 ? 'in a moment' : 'just now'
  const [unit, length] = fitting
  return format.format(-Math.trunc(since / length), unit)
}
