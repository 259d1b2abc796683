import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, describe, test } from 'node:test'
import type { ActivityEvent } from '../../src/logs/activity-event.ts'
import type { LogStore } from '../../src/logs/log-store.ts'
import type { Refusal } from '../../src/logs/refusal.ts'
import type { SignIn } from '../../src/logs/sign-in.ts'
import { openLogStore } from '../../src/store/open-log-store.ts'
import { group, guid, subscriptionId } from './samples.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'lanyard-log-store-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const newPath = () => path.join(folder, `${randomUUID()}.db`)

interface Opened {
  readonly store: LogStore
  readonly warnings: readonly string[]
}

async function open(file: string): Promise<Opened> {
  const warnings: string[] = []
  const onWarning = (_fields: object, message: string) => void warnings.push(message)
  return { store: await openLogStore({ path: file, now: Date.UTC(2026, 0, 1), onWarning }), warnings }
}

const event = (number: number, changes: Partial<ActivityEvent> = {}): ActivityEvent => ({
  id: guid(number),
  time: number,
  caller: { objectId: guid(1), clientId: guid(2), userPrincipalName: undefined },
  claims: {},
  action: 'Microsoft.Compute/virtualMachines/write',
  scope: group,
  status: 'Succeeded',
  httpStatus: 200,
  errorCode: undefined,
  message: undefined,
  requestId: guid(number),
  correlationId: guid(number),
  clientRequestId: undefined,
  clientIpAddress: undefined,
  method: 'PUT',
  uri: undefined,
  machineId: undefined,
  ...changes,
})

const signIn = (number: number, count = 1): SignIn => ({
  id: guid(number),
  time: number,
  lastTime: number,
  count,
  requestId: guid(number),
  correlationId: guid(number),
  principal: undefined,
  clientId: undefined,
  machineId: undefined,
  resource: undefined,
  failure: undefined,
  method: 'managedIdentity',
  isInteractive: false,
  ipAddress: undefined,
  userAgent: undefined,
  tokenId: undefined,
  claims: undefined,
})

const refusal = (number: number, correlationId = guid(number)): Refusal => ({
  requestId: guid(number),
  correlationId,
  time: number,
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

async function idsOf(rows: AsyncIterable<{ readonly id: string }>): Promise<readonly string[]> {
  const ids: string[] = []
  for await (const { id } of rows) ids.push(id)
  return ids
}

const nothing = { activity: [], signIns: [], refusals: [] }

for (const [name, place] of [
  ['in memory', () => ':memory:'],
  ['in a file', newPath],
] as const) {
  describe(`the log store ${name}`, () => {
    test('lists newest first, by subscription and time, and goes on where a page ended', async () => {
      const { store } = await open(place())
      const inTenant = event(900, { scope: '/' })
      const elsewhere = event(901, { scope: `/subscriptions/${guid(5)}/resourceGroups/x` })
      const many = Array.from({ length: 450 }, (_, n) => event(n + 1))
      await store.append({ ...nothing, activity: [...many, inTenant, elsewhere] })
      const listed = await idsOf(store.listActivity({ subscriptionId: subscriptionId.toLowerCase() }))
      assert.deepEqual(listed, many.map(({ id }) => id).toReversed())
      assert.deepEqual(await idsOf(store.listActivity({ subscriptionId: null })), [inTenant.id])
      const bounded = { subscriptionId, from: 10, to: 12 }
      assert.deepEqual(await idsOf(store.listActivity(bounded)), [guid(12), guid(11), guid(10)])
      const after = { time: 12, id: guid(12) }
      assert.deepEqual(await idsOf(store.listActivity({ ...bounded, after })), [guid(11), guid(10)])
      await store.close()
    })

    test('a sign-in that is written again has grown', async () => {
      const { store } = await open(place())
      await store.append({ ...nothing, signIns: [signIn(1), signIn(2)] })
      await store.append({ ...nothing, signIns: [signIn(1, 7)] })
      assert.equal((await store.findSignIn(guid(1).toUpperCase()))?.count, 7)
      assert.deepEqual(await idsOf(store.listSignIns({})), [guid(2), guid(1)])
      assert.equal(await store.findSignIn('nothing'), undefined)
      await store.close()
    })

    test('a refusal is found by its request id, and the newest by a correlation id', async () => {
      const { store } = await open(place())
      await store.append({ ...nothing, refusals: [refusal(1, guid(9)), refusal(2, guid(9)), refusal(3)] })
      assert.deepEqual(await store.findRefusal(guid(1)), refusal(1, guid(9)))
      assert.equal((await store.findRefusal(guid(9)))?.requestId, guid(2))
      assert.equal(await store.findRefusal("' or 1 = 1 --"), undefined)
      await store.close()
    })

    test('what is old goes, and so does what is too much', async () => {
      const { store } = await open(place())
      const numbers = Array.from({ length: 30 }, (_, n) => n + 1)
      await store.append({
        activity: numbers.map((n) => event(n)),
        signIns: numbers.map((n) => signIn(n)),
        refusals: numbers.map((n) => refusal(n)),
      })
      await store.trim({ before: 6, largest: 100 })
      assert.equal((await idsOf(store.listSignIns({}))).length, 25)
      await store.trim({ before: 0, largest: 10 })
      assert.equal((await idsOf(store.listActivity({ subscriptionId }))).at(-1), guid(21))
      assert.equal((await idsOf(store.listSignIns({}))).length, 10)
      assert.deepEqual([await store.findRefusal(guid(20)), (await store.findRefusal(guid(21)))?.time], [undefined, 21])
      await store.close()
    })
  })
}

describe('a file of logs', () => {
  test('is there again after a start', async () => {
    const file = newPath()
    const first = await open(file)
    await first.store.append({ ...nothing, signIns: [signIn(1)] })
    await first.store.close()
    const second = await open(file)
    assert.ok(await second.store.findSignIn(guid(1)))
    assert.deepEqual(second.warnings, [])
    await second.store.close()
  })

  test('that is no database is set aside and made anew, with a warning', async () => {
    const file = newPath()
    writeFileSync(file, 'no database, but a letter to a friend. '.repeat(200))
    const { store, warnings } = await open(file)
    await store.append({ ...nothing, signIns: [signIn(1)] })
    assert.ok(await store.findSignIn(guid(1)))
    assert.match(warnings.join(), /set aside and begin anew/)
    assert.ok(readdirSync(folder).includes(`${path.basename(file)}.unreadable-20260101T000000Z`))
    await store.close()
  })

  test('of a newer Lanyard, and one that is damaged in the middle, likewise', async () => {
    const newer = newPath()
    const database = new DatabaseSync(newer)
    database.exec('pragma user_version = 1000')
    database.close()
    const damaged = newPath()
    const made = await open(damaged)
    await made.store.append({ ...nothing, signIns: Array.from({ length: 500 }, (_, n) => signIn(n + 1)) })
    await made.store.close()
    const { open: openFile } = await import('node:fs/promises')
    await using handle = await openFile(damaged, 'r+')
    await handle.write(Buffer.alloc(40_000, 7), 0, 40_000, 8192)
    for (const file of [newer, damaged]) {
      const { store, warnings } = await open(file)
      assert.equal(warnings.length, 1)
      assert.deepEqual(await idsOf(store.listSignIns({})), [])
      await store.close()
    }
  })

  test('that cannot be made leaves the logs in memory', async () => {
    const { store, warnings } = await open(path.join(folder, 'no', 'such', 'folder', 'logs.db'))
    await store.append({ ...nothing, signIns: [signIn(1)] })
    assert.ok(await store.findSignIn(guid(1)))
    assert.match(warnings.join(), /kept in memory/)
    await store.close()
  })
})
