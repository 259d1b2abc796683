import type { ActivityEvent } from './activity-event.ts'
import type { Refusal } from './refusal.ts'
import type { SignIn } from './sign-in.ts'

/** Where a page of a log begins: after this row. The newest rows come first. */
export interface LogPlace {
  /** Milliseconds since the epoch. */
  readonly time: number
  readonly id: string
}

/** Which rows of a log; bounds are inclusive, in milliseconds since the epoch. */
export interface LogSelection {
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly after?: LogPlace | undefined
}

export interface ActivitySelection extends LogSelection {
  /** GUID in any casing; `null` for what is in no subscription. */
  readonly subscriptionId: string | null
}

/** Rows that are written together. A sign-in whose id is there already replaces it: its count has grown. */
export interface LogBatch {
  readonly activity: readonly ActivityEvent[]
  readonly signIns: readonly SignIn[]
  readonly refusals: readonly Refusal[]
}

/** What the logs need from storage. */
export interface LogStore {
  append(batch: LogBatch): Promise<void>
  /** Newest first, read as they are asked for. */
  listActivity(selection: ActivitySelection): AsyncIterable<ActivityEvent>
  /** Newest first, read as they are asked for. */
  listSignIns(selection: LogSelection): AsyncIterable<SignIn>
  findSignIn(id: string): Promise<SignIn | undefined>
  /** @param id a request id, or a correlation id, of which the newest counts */
  findRefusal(id: string): Promise<Refusal | undefined>
  /** Removes what is older than `time`, and of each log the oldest rows beyond `largest`. */
  trim(limits: { readonly before: number; readonly largest: number }): Promise<void>
  close(): Promise<void>
}
