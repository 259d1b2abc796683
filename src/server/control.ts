import { toMilliseconds } from '../faults/duration.ts'
import type { AddedFault } from '../faults/create-faults.ts'
import { parseFault } from '../faults/fault-schema.ts'
import type { Platform } from './start-platform.ts'

/** What `lanyard fault` and `lanyard clock` ask of a running platform. */
export type ClockChange =
  | { readonly action: 'show' | 'resume' | 'reset' }
  | { readonly action: 'freeze' | 'move'; readonly to?: string | undefined }

/**
 * Answers what is asked on the control socket besides sessions.
 * @param asked method and path
 * @throws Error with a sentence for the user
 */
export function control({ faults, clock }: Pick<Platform, 'faults' | 'clock'>, asked: string, body: unknown): object {
  if (asked === 'GET /faults') return faults.list().map(shown)
  if (asked === 'POST /faults') return shown(faults.add(parseFault(body)))
  if (asked === 'DELETE /faults') {
    faults.clear()
    return []
  }
  const [, id] = /^DELETE \/faults\/(\d+)$/.exec(asked) ?? []
  if (id !== undefined) {
    if (!faults.remove(Number(id))) throw new Error(`There is no fault ${id}. See which there are: lanyard fault list`)
    return faults.list().map(shown)
  }
  if (asked !== 'POST /clock') throw new Error(`The running platform does not know '${asked}'. Is it of an older version?`)
  changeClock(clock, body as ClockChange)
  return { now: new Date(clock.now()).toISOString(), frozen: clock.isFrozen() }
}

function shown({ id, fault, seen, struck, isSpent }: AddedFault): object {
  return { id, ...fault, seen, struck, spent: isSpent }
}

function changeClock(clock: Platform['clock'], change: ClockChange): void {
  if (change.action === 'resume') clock.resume()
  else if (change.action === 'reset') clock.reset()
  else if (change.action === 'freeze') clock.freeze(change.to === undefined ? undefined : moment(change.to, clock.now()))
  else if (change.action === 'move') clock.set(moment(change.to ?? '0s', clock.now()))
}

/** A moment that is written as a duration from now, or as a time. */
function moment(text: string, now: number): number {
  const [, sign, duration] = /^([+-]?)(\d+[smhd])$/.exec(text) ?? []
  if (duration !== undefined) return now + (sign === '-' ? -1 : 1) * toMilliseconds(duration)
  const at = Date.parse(text)
  if (Number.isNaN(at))
    throw new Error(`'${text}' is no time: write a duration (25h; back: -- -10m) or a date (2026-01-31T12:00:00Z).`)
  return at
}
