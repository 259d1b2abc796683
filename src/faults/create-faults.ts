import { toMilliseconds } from './duration.ts'
import type { Fault } from './fault-schema.ts'
import { isSelected, isSpent } from './request-selection.ts'
import { createThrottle, type Throttle } from './throttle.ts'

/** What a fault can be told a request by. */
export interface FaultyRequest {
  readonly endpoint: 'metadata' | 'token-endpoint' | 'resource-manager' | 'graph'
  /** ARM id of the machine that asks; undefined when none is known. */
  readonly machineId: string | undefined
  readonly path: string
  /** The audience that the query names. */
  readonly resource: string | undefined
}

/** What becomes of a request. */
export type RequestEffect =
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfter: number | undefined }
  | { readonly kind: 'hang' }
  | { readonly kind: 'drop' }
  | { readonly kind: 'malformed' }

/** A fault that was added. */
export interface AddedFault {
  /** Counted from 1, and never given twice. */
  readonly id: number
  readonly fault: Fault
  /** Requests that it was looked at for. */
  readonly seen: number
  /** Requests that it struck. */
  readonly struck: number
  /** Whether it can strike no more. */
  readonly isSpent: boolean
}

/** Kinds that have a duration and strike no single request. */
export type LastingKind = Extract<Fault, { duration: unknown }>['kind']

/** The faults of one platform. */
export interface Faults {
  /** The faults are looked at in the order in which they were added; the first that strikes a request decides. */
  add(fault: Fault): AddedFault
  list(): readonly AddedFault[]
  /** Answers whether there was one. */
  remove(id: number): boolean
  clear(): void
  /** Another number after every change. */
  revision(): number
  /** Whether some fault looks at requests, so that whoever has none need not describe his. */
  watchesRequests(): boolean
  /** Counts a request, and says what becomes of it; undefined leaves it alone. */
  strike(request: FaultyRequest): RequestEffect | undefined
  /**
   * Counts the deployment of an extension to a machine, and says what the machine reports when it fails; undefined lets it succeed.
   * @param machineId ARM id
   */
  strikeDeployment(machineId: string): string | undefined
  /** The duration of the newest fault of that kind in milliseconds; undefined when there is none. */
  lasting(kind: LastingKind): number | undefined
}

interface Entry {
  readonly id: number
  readonly fault: Fault
  readonly throttle: Throttle | undefined
  seen: number
  struck: number
}

/**
 * No faults yet. Nothing here is random: what is struck follows from the requests and the clock alone.
 * @param clock milliseconds since the epoch
 */
export function createFaults(clock: () => number): Faults {
  let entries: readonly Entry[] = []
  let watching: readonly Entry[] = []
  let last = 0
  let revision = 0

  function change(next: readonly Entry[]): void {
    entries = next
    watching = next.filter(({ fault }) => 'endpoint' in fault)
    revision++
  }

  return {
    add(fault) {
      const throttle = fault.kind === 'throttle' ? createThrottle(fault.perSecond, clock) : undefined
      const entry: Entry = { id: ++last, fault, throttle, seen: 0, struck: 0 }
      change([...entries, entry])
      return told(entry)
    },
    list: () => entries.map(told),
    remove(id) {
      const kept = entries.filter((entry) => entry.id !== id)
      const found = kept.length < entries.length
      if (found) change(kept)
      return found
    },
    clear: () => change([]),
    revision: () => revision,
    watchesRequests: () => watching.length > 0,
    strike(request) {
      let effect: RequestEffect | undefined
      for (const entry of watching) {
        if (!concerns(entry.fault, request)) continue
        entry.seen++
        if (effect !== undefined) continue
        effect = effectOf(entry, request)
        if (effect !== undefined) entry.struck++
      }
      return effect
    },
    strikeDeployment(machineId) {
      let message: string | undefined
      for (const entry of entries) {
        const { fault } = entry
        if (fault.kind !== 'extension-failure') continue
        if (fault.machine !== undefined && !isMachine(fault.machine, machineId)) continue
        entry.seen++
        if (message !== undefined || !isSelected(fault.requests, entry.seen)) continue
        message = fault.message
        entry.struck++
      }
      return message
    },
    lasting(kind) {
      if (entries.length === watching.length) return undefined
      const found = entries.findLast(({ fault }) => fault.kind === kind)?.fault
      return found && 'duration' in found ? toMilliseconds(found.duration) : undefined
    },
  }
}

function told({ id, fault, seen, struck }: Entry): AddedFault {
  return { id, fault, seen, struck, isSpent: 'requests' in fault && isSpent(fault.requests, seen) }
}

function concerns(fault: Fault, request: FaultyRequest): boolean {
  if (!('endpoint' in fault) || fault.endpoint !== request.endpoint) return false
  if (fault.machine !== undefined && !isMachine(fault.machine, request.machineId)) return false
  if (fault.kind === 'throttle') return true
  if (fault.path !== undefined && !request.path.toLowerCase().startsWith(fault.path.toLowerCase())) return false
  return fault.resource === undefined || comparable(fault.resource) === comparable(request.resource ?? '')
}

function effectOf({ fault, throttle, seen }: Entry, { machineId }: FaultyRequest): RequestEffect | undefined {
  if (throttle) {
    return throttle.admits(machineId?.toLowerCase() ?? '') ? undefined : { kind: 'answer', status: 429, retryAfter: 1 }
  }
  if (!('endpoint' in fault) || fault.kind === 'throttle' || !isSelected(fault.requests, seen)) return undefined
  if (fault.kind === 'answer') return { kind: 'answer', status: fault.status, retryAfter: fault.retryAfter }
  return { kind: fault.kind }
}

function isMachine(written: string, id: string | undefined): boolean {
  if (id === undefined) return false
  const wanted = written.toLowerCase()
  const own = id.toLowerCase()
  return wanted.startsWith('/') ? own === wanted : own.slice(own.lastIndexOf('/') + 1) === wanted
}

/** Audiences are compared as the token authority compares them: a slash at the end and casing do not matter. */
function comparable(resource: string): string {
  return resource.replace(/\/+$/, '').toLowerCase()
}
