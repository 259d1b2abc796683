/** What `requests` of a fault may look like as text. */
export const requestsPattern = /^(?:every|first|[1-9]\d*|[1-9]\d*-[1-9]\d*|next [1-9]\d*)$/

/** Said to who writes something else. */
export const requestsExpected = 'expected every, first, a number, two numbers (2-4), or next and a number (next 3)'

/**
 * Whether the n-th request is one of those that a fault strikes.
 * @param requests as `requestsPattern` has it, or the number of a request
 * @param n counted from 1, from when the fault was added
 */
export function isSelected(requests: number | string, n: number): boolean {
  if (requests === 'every') return true
  if (requests === 'first') return n === 1
  const text = String(requests)
  if (text.startsWith('next ')) return n <= Number(text.slice('next '.length))
  const [from, to] = text.split('-').map(Number)
  return n >= (from ?? 1) && n <= (to ?? from ?? 1)
}

/** Whether no later request can be selected any more. */
export function isSpent(requests: number | string, seen: number): boolean {
  if (requests === 'every') return false
  if (requests === 'first') return seen >= 1
  return seen >= Number(String(requests).split(/[ -]/).at(-1))
}
