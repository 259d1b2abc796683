import assert from 'node:assert/strict'
import { test } from 'node:test'
import { followChanges } from './follow-changes.ts'
import type { Follows } from './live-cache.ts'

/** Lets the loop look once for each of the counters, and says what it asked for and how long it waited. */
async function follow(counters: readonly ({ revision: number; logs: number } | undefined)[]) {
  const refreshed: (readonly Follows[])[] = []
  const slept: number[] = []
  const end = new AbortController()
  let look = 0
  await followChanges({
    arm: {
      call: async () => {
        const properties = counters[look++]
        if (!properties) throw new Error('404')
        return { properties }
      },
    },
    cache: { refresh: async (changed) => void refreshed.push(changed) },
    sleep: async (milliseconds) => {
      slept.push(milliseconds)
      if (look === counters.length) end.abort()
    },
    whenVisible: async () => undefined,
    signal: end.signal,
  })
  return { refreshed, slept }
}

test('what follows a counter is asked for again when that counter has moved', async () => {
  const at = (revision: number, logs: number) => ({ revision, logs })
  const { refreshed, slept } = await follow([at(1, 1), at(1, 1), at(2, 1), at(2, 2), at(3, 3)])
  assert.deepEqual(refreshed, [['revision'], ['logs'], ['revision', 'logs']])
  assert.deepEqual(slept, [1500, 1500, 1500, 1500, 1500])
})

test('without counters everything is asked for again, less often', async () => {
  const { refreshed, slept } = await follow([undefined, undefined, { revision: 1, logs: 1 }])
  assert.deepEqual(refreshed, [
    ['revision', 'logs'],
    ['revision', 'logs'],
  ])
  assert.deepEqual(slept, [5000, 5000, 1500])
})
