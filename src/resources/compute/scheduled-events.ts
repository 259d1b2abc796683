/** What Azure announces to a machine before it happens. */
export type ScheduledEventType = 'Freeze' | 'Reboot' | 'Redeploy' | 'Preempt' | 'Terminate'

export interface ScheduledEvent {
  readonly id: string
  readonly type: ScheduledEventType
  readonly status: 'Scheduled' | 'Started'
  readonly source: 'Platform' | 'User'
  readonly description: string
  /** Milliseconds since the epoch; it starts then by itself. */
  readonly notBefore: number
  /** Seconds; -1 when that is not known. */
  readonly duration: number
}

/** Milliseconds between the announcement and the event. */
const notice: Readonly<Record<ScheduledEventType, number>> = {
  Freeze: 15 * 60_000,
  Reboot: 15 * 60_000,
  Redeploy: 10 * 60_000,
  Preempt: 30_000,
  Terminate: 5 * 60_000,
}

/** How long an event that has started is shown, milliseconds. */
const shown = 60_000

/** The events that machines are told of. They live as long as the platform: what is announced does not outlast its host. */
export interface ScheduledEvents {
  /** @param machineId ARM id in any casing */
  announce(machineId: string, event: Pick<ScheduledEvent, 'type' | 'source' | 'description'>): void
  /** The events of a machine now, and a number that changes with them. */
  of(machineId: string): { readonly incarnation: number; readonly events: readonly ScheduledEvent[] }
  /** Lets an event start before its time. @returns whether the machine has it */
  start(machineId: string, eventId: string): boolean
}

/**
 * @param clock milliseconds since the epoch
 * @param newGuid makes the ids of events
 */
export function createScheduledEvents(clock: () => number, newGuid: () => string): ScheduledEvents {
  const machines = new Map<string, { incarnation: number; events: ScheduledEvent[] }>()

  /** What is past its time has started, and what has started long ago is over. */
  function settle(machineId: string) {
    const kept = machines.get(machineId.toLowerCase()) ?? { incarnation: 1, events: [] }
    const now = clock()
    const events = kept.events
      .map((event): ScheduledEvent => (event.notBefore <= now ? { ...event, status: 'Started' } : event))
      .filter(({ notBefore }) => notBefore + shown > now)
    const isOther = events.length !== kept.events.length || events.some(({ status }, n) => status !== kept.events[n]?.status)
    const settled = { incarnation: kept.incarnation + (isOther ? 1 : 0), events }
    machines.set(machineId.toLowerCase(), settled)
    return settled
  }

  return {
    announce(machineId, event) {
      const machine = settle(machineId)
      machine.events.push({
        ...event,
        id: newGuid().toUpperCase(),
        status: 'Scheduled',
        notBefore: clock() + notice[event.type],
        duration: -1,
      })
      machine.incarnation += 1
    },
    of: (machineId) => settle(machineId),
    start(machineId, eventId) {
      const machine = settle(machineId)
      const index = machine.events.findIndex(({ id }) => id.toLowerCase() === eventId.toLowerCase())
      const event = machine.events[index]
      if (!event) return false
      if (event.status === 'Scheduled') {
        machine.events[index] = { ...event, status: 'Started', notBefore: clock() }
        machine.incarnation += 1
      }
      return true
    },
  }
}
