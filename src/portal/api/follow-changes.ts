import * as z from 'zod/mini'
import type { AuthorizedClient } from '../../api-client/resource-manager.ts'
import type { Follows, LiveCache } from './live-cache.ts'

const latest = z.looseObject({ properties: z.looseObject({ revision: z.number(), logs: z.number() }) })
const path = '/providers/Lanyard.Diagnostics/changes/latest?api-version=2026-11-01'

/** Milliseconds between two looks at the counters. */
const period = 1500
/** The same when the platform cannot be asked for its counters, and everything that is shown is asked for again. */
const blindPeriod = 5000

export interface FollowOptions {
  readonly arm: Pick<AuthorizedClient, 'call'>
  readonly cache: Pick<LiveCache, 'refresh'>
  /** Ends after that many milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<void>
  /** Ends at once while the portal is looked at, else when it is again. */
  readonly whenVisible: () => Promise<void>
  readonly signal: AbortSignal
}

/** Keeps what is shown as the platform is, until the signal: a change made by `az` appears without a reload. */
export async function followChanges({ arm, cache, sleep, whenVisible, signal }: FollowOptions): Promise<void> {
  let known: Readonly<Record<Follows, number>> | undefined
  while (!signal.aborted) {
    await whenVisible()
    const counters = await readCounters(arm)
    if (counters) {
      const changed = known ? (['revision', 'logs'] as const).filter((name) => counters[name] !== known?.[name]) : []
      known = counters
      if (changed.length > 0) await cache.refresh(changed)
    } else {
      known = undefined
      await cache.refresh(['revision', 'logs'])
    }
    await sleep(counters ? period : blindPeriod)
  }
}

async function readCounters(arm: Pick<AuthorizedClient, 'call'>): Promise<Readonly<Record<Follows, number>> | undefined> {
  try {
    return latest.parse(await arm.call({ method: 'GET', path })).properties
  } catch {
    return undefined
  }
}
