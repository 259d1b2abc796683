import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createLogs, usualRetention } from './create-logs.ts'
import type { LogBatch, LogStore } from './log-store.ts'
import type { Refusal } from './refusal.ts'
import type { SignInFacts } from './sign-in.ts'

const payload = (uti: string) => Buffer.from(JSON.stringify({ uti })).toString('base64url')

const facts = (time: number, changes: Partial<SignInFacts> = {}): SignInFacts => ({
  time,
  requestId: `request-${time}`,
  correlationId: 'c',
  principal: {
    objectId: 'o',
    clientId: 'a',
    displayName: 'web-1',
    kind: 'systemAssigned',
    managedBy: undefined,
    userPrincipalName: undefined,
  },
  clientId: 'a',
  machineId: '/vm',
  resource: 'https://vault.azure.net',
  failure: undefined,
  method: 'managedIdentity',
  isInteractive: false,
  ipAddress: undefined,
  userAgent: undefined,
  payload: payload('t1'),
  ...changes,
})

const refusal = (requestId: string): Refusal => ({
  requestId,
  correlationId: requestId,
  time: 0,
  endpoint: 'metadata',
  method: 'GET',
  path: '/',
  status: 400,
  code: 'x',
  message: 'y',
  scope: '/',
  cause: 'z',
  remedy: 'z',
})

function arrange({ isLasting = true, fail = false } = {}) {
  const time = { now: 1_000_000 }
  const written: LogBatch[] = []
  const trimmed: { before: number; largest: number }[] = []
  const errors: unknown[] = []
  let timers: (() => void)[] = []
  let opened = 0
  const store: LogStore = {
    append: async (batch) => {
      if (fail) throw new Error('disk full')
      written.push(batch)
    },
    listActivity: async function* () {},
    listSignIns: async function* () {
      yield* written.flatMap(({ signIns }) => signIns)
    },
    findSignIn: async (id) => written.flatMap(({ signIns }) => signIns).findLast((one) => one.id === id),
    findRefusal: async (id) => written.flatMap(({ refusals }) => refusals).find((one) => one.requestId === id),
    trim: async (limits) => void trimmed.push(limits),
    close: async () => undefined,
  }
  const logs = createLogs({
    open: async () => {
      opened += 1
      return store
    },
    isLasting,
    clock: () => time.now,
    schedule: (work) => {
      timers.push(work)
      return { cancel: () => (timers = timers.filter((one) => one !== work)) }
    },
    onError: (error) => errors.push(error),
  })
  const tick = async () => {
    const due = timers
    timers = []
    for (const work of due) work()
    await logs.revision()
  }
  return { logs, time, written, trimmed, errors, tick, timers: () => timers.length, opened: () => opened }
}

describe('the logs', () => {
  test('are written together, a moment after they were told, and nothing is opened before', async () => {
    const { logs, written, tick, opened, trimmed, time } = arrange()
    logs.recorder.refusal(refusal('one'))
    logs.recorder.signIn(facts(time.now))
    assert.deepEqual([written.length, opened()], [0, 0])
    await tick()
    assert.deepEqual([written.length, written[0]?.refusals.length, written[0]?.signIns[0]?.tokenId], [1, 1, 't1'])
    assert.deepEqual(trimmed, [{ before: time.now - usualRetention, largest: 100_000 }])
  })

  test('a reading sees what was told before it', async () => {
    const { logs } = arrange()
    logs.recorder.refusal(refusal('one'))
    assert.equal((await logs.findRefusal('one'))?.requestId, 'one')
  })

  test('a tally that is counted on with is written again until its minute is over, and no longer', async () => {
    const { logs, time, written, tick, timers } = arrange()
    const tally = logs.recorder.signIn(facts(time.now))
    tally.count += 999
    await tick()
    assert.equal(written.at(-1)?.signIns[0]?.count, 1000)
    tally.count += 1
    await tick()
    assert.equal(written.at(-1)?.signIns[0]?.count, 1001)
    const writes = written.length
    await tick()
    assert.equal(written.length, writes)
    time.now += 30_000
    logs.recorder.signIn(facts(time.now))
    await tick()
    const grown = written.at(-1)?.signIns[0]
    assert.deepEqual([grown?.count, grown?.lastTime, grown?.id], [1002, time.now, 'request-1000000'])
    time.now += 60_000
    await tick()
    assert.equal(timers(), 0)
    logs.recorder.signIn(facts(time.now))
    await tick()
    assert.deepEqual([written.at(-1)?.signIns[0]?.count, written.at(-1)?.signIns[0]?.time], [1, time.now])
  })

  test('a clock that stands still, or is set back, loses no count', async () => {
    const { logs, time, tick } = arrange()
    const tally = logs.recorder.signIn(facts(time.now))
    for (let n = 0; n < 5; n += 1) await tick()
    tally.count += 5
    await tick()
    time.now -= 3_600_000
    logs.recorder.signIn(facts(time.now))
    await tick()
    const last = new Map<string, number>()
    for await (const { id, count } of await logs.listSignIns({})) last.set(id, count)
    assert.deepEqual([...last.values()], [6, 1])
  })

  test('the revision changes with every row, and with nothing else', async () => {
    const { logs, time } = arrange()
    const first = await logs.revision()
    assert.equal(await logs.revision(), first)
    const tally = logs.recorder.signIn(facts(time.now))
    const second = await logs.revision()
    assert.notEqual(second, first)
    tally.count += 1
    assert.notEqual(await logs.revision(), second)
  })

  test('what waits is bounded', async () => {
    const { logs, written } = arrange()
    for (let n = 0; n < 12_000; n += 1) logs.recorder.refusal(refusal(String(n)))
    await logs.revision()
    assert.ok(written.length > 2)
    assert.equal(
      written.reduce((sum, { refusals }) => sum + refusals.length, 0),
      12_000,
    )
  })

  test('sign-ins of strangers, each with another name, are held for a second and not for a minute', async () => {
    const { logs, time, written } = arrange()
    for (let n = 0; n < 20_000; n += 1) {
      if (n % 1000 === 0) time.now += 1000
      logs.recorder.signIn(facts(time.now, { principal: undefined, clientId: `c${n}`, requestId: `r${n}`, payload: undefined }))
    }
    await logs.revision()
    assert.equal(new Set(written.flatMap(({ signIns }) => signIns.map(({ id }) => id))).size, 20_000)
    assert.ok(written.length > 3 && written.every(({ signIns }) => signIns.length <= 6_000))
  })

  test('a store that fails stops nothing, and is told of', async () => {
    const { logs, errors } = arrange({ fail: true })
    logs.recorder.refusal(refusal('one'))
    await logs.revision()
    logs.recorder.refusal(refusal('two'))
    assert.equal(await logs.findRefusal('two'), undefined)
    assert.equal(errors.length, 2)
    await logs.close()
  })

  test('the rest is written at the end where it outlives the process, and only there', async () => {
    for (const isLasting of [true, false]) {
      const { logs, written, opened, timers } = arrange({ isLasting })
      logs.recorder.refusal(refusal('one'))
      await logs.close()
      assert.deepEqual([written.length, opened(), timers()], isLasting ? [1, 1, 0] : [0, 0, 0])
    }
  })

  test('rows are kept for as long as it is said', async () => {
    const { logs, trimmed, time } = arrange()
    logs.keepFor(3_600_000)
    logs.recorder.refusal(refusal('one'))
    await logs.revision()
    assert.equal(trimmed[0]?.before, time.now - 3_600_000)
  })
})
