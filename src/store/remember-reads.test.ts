import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rememberReads } from './remember-reads.ts'

/** A store of one value, whose reads can be held up. */
function createCounter() {
  let value = 0
  let revision = 0
  let reads = 0
  let gate: Promise<void> = Promise.resolve()
  const store = {
    async findValue(_name: string): Promise<number> {
      reads++
      const seen = value
      await gate
      return seen
    },
    async saveValue(next: number): Promise<void> {
      value = next
      revision++
    },
  }
  return {
    store: rememberReads(store, () => revision),
    reads: () => reads,
    holdReads() {
      const held = Promise.withResolvers<void>()
      gate = held.promise
      return held.resolve
    },
  }
}

test('a read is made once between two writes, for each of its arguments', async () => {
  const counter = createCounter()
  await counter.store.findValue('a')
  await counter.store.findValue('a')
  assert.equal(counter.reads(), 1)
  await counter.store.findValue('b')
  assert.equal(counter.reads(), 2)
})

test('after a write the next read sees it', async () => {
  const counter = createCounter()
  assert.equal(await counter.store.findValue('a'), 0)
  await counter.store.saveValue(7)
  assert.equal(await counter.store.findValue('a'), 7)
})

test('a read that was under way when something was written is not kept', async () => {
  const counter = createCounter()
  const release = counter.holdReads()
  const early = counter.store.findValue('a')
  await counter.store.saveValue(7)
  const late = counter.store.findValue('a')
  release()
  assert.deepEqual(await Promise.all([early, late]), [0, 7])
  assert.equal(await counter.store.findValue('a'), 7)
})

test('a read that failed is made again', async () => {
  let attempts = 0
  const store = rememberReads(
    {
      async findValue() {
        if (++attempts === 1) throw new Error('disk')
        return attempts
      },
    },
    () => 0,
  )
  await assert.rejects(store.findValue())
  assert.equal(await store.findValue(), 2)
})
