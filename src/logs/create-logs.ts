import type { ActivityEvent } from './activity-event.ts'
import type { ActivitySelection, LogSelection, LogStore } from './log-store.ts'
import type { Refusal } from './refusal.ts'
import type { SignIn, SignInFacts, SignInTally } from './sign-in.ts'
import { createSignInWindow } from './sign-in-window.ts'

/** How long a row is kept when nobody says anything else: 30 days in milliseconds. */
export const usualRetention = 30 * 86_400_000

/** Rows of each log, so that no disk fills. */
const largestLog = 100_000

/** How long a row may wait before it is written, milliseconds. */
const delay = 2_000

/** Rows that may wait; more are written at once. */
const largestWait = 5_000

/** What endpoints tell the logs. None of it waits for storage. */
export interface LogRecorder {
  activity(event: ActivityEvent): void
  /** @returns what the same sign-in, given again within the second, is counted by */
  signIn(facts: SignInFacts): SignInTally
  refusal(refusal: Refusal): void
}

/** The logs of an installation. A reading sees everything that was told before it. */
export interface Logs {
  readonly recorder: LogRecorder
  listActivity(selection: ActivitySelection): Promise<AsyncIterable<ActivityEvent>>
  listSignIns(selection: LogSelection): Promise<AsyncIterable<SignIn>>
  findSignIn(id: string): Promise<SignIn | undefined>
  findRefusal(id: string): Promise<Refusal | undefined>
  /** Another number after every row that is new or has grown. */
  revision(): Promise<number>
  /** Milliseconds for which rows are kept. */
  keepFor(retention: number): void
  close(): Promise<void>
}

export interface LogsOptions {
  /** Opens the store when it is first needed: a platform that ends in a moment never does. */
  readonly open: () => Promise<LogStore>
  /** Whether what is written outlives the process, so that the rest is worth writing at the end. */
  readonly isLasting: boolean
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  /** Calls back once after so many milliseconds, unless it is cancelled; must not keep the process alive. */
  readonly schedule: (work: () => void, after: number) => { cancel(): void }
  readonly onError: (error: unknown) => void
}

/** Keeps rows in memory for a moment and writes them together, off the path of the requests that they tell of. */
export function createLogs({ open, isLasting, clock, schedule, onError }: LogsOptions): Logs {
  const window = createSignInWindow()
  let activity: ActivityEvent[] = []
  let refusals: Refusal[] = []
  let opening: Promise<LogStore> | undefined
  let timer: { cancel(): void } | undefined
  let writing: Promise<unknown> = Promise.resolve()
  let retention = usualRetention
  let revision = 0
  let crowdedSecond = 0
  let isClosed = false

  function store(): Promise<LogStore> {
    opening ??= open()
    return opening
  }

  function told(): void {
    if (isClosed) return
    if (activity.length + refusals.length >= largestWait) void flush()
    timer ??= schedule(() => {
      timer = undefined
      void flush()
    }, delay)
  }

  /** Writes what waits, after what is being written. Never rejects: a log that cannot be written must stop nothing. */
  function flush(): Promise<void> {
    const now = clock()
    const batch = { activity, refusals, signIns: window.take(now, window.size() >= largestWait) }
    ;[activity, refusals] = [[], []]
    const size = batch.activity.length + batch.refusals.length + batch.signIns.length
    if (size > 0) {
      revision += size
      writing = writing
        .then(async () => {
          const opened = await store()
          await opened.append(batch)
          await opened.trim({ before: now - retention, largest: largestLog })
        })
        .catch(onError)
    }
    // Tallies that may still grow tell nobody when they do.
    if (window.size() > 0) told()
    return writing.then(() => undefined)
  }

  async function reading(): Promise<LogStore> {
    await flush()
    return store()
  }

  return {
    recorder: {
      activity(event) {
        activity.push(event)
        told()
      },
      signIn(facts) {
        const tally = window.add(facts)
        const second = Math.floor(facts.time / 1000)
        if (window.size() >= largestWait && second !== crowdedSecond) {
          crowdedSecond = second
          void flush()
        }
        told()
        return tally
      },
      refusal(refusal) {
        refusals.push(refusal)
        told()
      },
    },
    listActivity: async (selection) => (await reading()).listActivity(selection),
    listSignIns: async (selection) => (await reading()).listSignIns(selection),
    findSignIn: async (id) => (await reading()).findSignIn(id),
    findRefusal: async (id) => (await reading()).findRefusal(id),
    async revision() {
      await flush()
      return revision
    },
    keepFor: (milliseconds) => {
      retention = milliseconds
    },
    async close() {
      if (isLasting) await flush()
      isClosed = true
      timer?.cancel()
      await writing
      await (await opening?.catch(() => undefined))?.close()
    },
  }
}
