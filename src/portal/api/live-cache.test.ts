import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LiveCache, type Follows } from './live-cache.ts'

/** A question whose answers the test gives one by one. */
function question() {
  const pending: { resolve: (value: unknown) => void; reject: (error: Error) => void }[] = []
  const load = async () => new Promise<unknown>((resolve, reject) => pending.push({ resolve, reject }))
  return { load, pending }
}

const settled = async () => new Promise<void>((resolve) => setImmediate(resolve))
const both: readonly Follows[] = ['revision', 'logs']

test('who looks first asks; all who look are told; the same key is asked once', async () => {
  const cache = new LiveCache()
  const { load, pending } = question()
  let told = 0
  cache.watch('machines', load, both, () => told++)
  cache.watch('machines', load, both, () => told++)
  assert.deepEqual(cache.read('machines'), { data: undefined, error: undefined, isLoading: true })
  assert.equal(pending.length, 1)
  pending[0]?.resolve(['web-1'])
  await settled()
  assert.equal(told, 2)
  assert.deepEqual(cache.read('machines'), { data: ['web-1'], error: undefined, isLoading: false })
})

test('a change asks again for what follows it while somebody looks; the same answer tells nobody', async () => {
  const cache = new LiveCache()
  const { load, pending } = question()
  let told = 0
  const leave = cache.watch('machines', load, ['revision'], () => told++)
  pending[0]?.resolve({ name: 'web-1' })
  await settled()
  const before = cache.read('machines')
  await cache.refresh(['logs'])
  assert.equal(pending.length, 1)
  void cache.refresh(['revision'])
  pending[1]?.resolve({ name: 'web-1' })
  await settled()
  assert.equal(cache.read('machines'), before)
  assert.equal(told, 1)
  leave()
  await cache.refresh(both)
  assert.equal(pending.length, 2)
  cache.watch('machines', load, ['revision'], () => told++)
  assert.equal(pending.length, 3, 'what was not followed is asked for anew')
  assert.deepEqual(cache.read('machines').data, { name: 'web-1' }, 'and shown as it was meanwhile')
})

test('a failure keeps what was known; an answer that was overtaken is dropped', async () => {
  const cache = new LiveCache()
  const { load, pending } = question()
  cache.watch('vm', load, both, () => undefined)
  pending[0]?.resolve(1)
  await settled()
  const failure = new Error('throttled')
  void cache.refresh(both)
  pending[1]?.reject(failure)
  await settled()
  assert.deepEqual(cache.read('vm'), { data: 1, error: failure, isLoading: false })
  void cache.refresh(both)
  void cache.refresh(both)
  pending[3]?.resolve(3)
  await settled()
  pending[2]?.resolve(2)
  await settled()
  assert.deepEqual(cache.read('vm'), { data: 3, error: undefined, isLoading: false })
})

test('an answer is another one when anything in it is', async () => {
  const cache = new LiveCache()
  const { load, pending } = question()
  let told = 0
  cache.watch('vm', load, both, () => told++)
  const answers = [
    { a: [1, { b: null }] },
    { a: [1, { b: null }] },
    { a: [1, { b: undefined }] },
    { a: [1, {}] },
    { a: {} },
    null,
  ]
  for (const [index, answer] of answers.entries()) {
    if (index > 0) void cache.refresh(both)
    pending[index]?.resolve(answer)
    await settled()
    assert.deepEqual(cache.read('vm').data, answer)
  }
  assert.equal(told, 5)
})
