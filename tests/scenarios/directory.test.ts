import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { test, type TestContext } from 'node:test'
import { createDirectory } from '../../src/directory/create-directory.ts'
import { ApplicationConflictError, ApplicationNotFoundError } from '../../src/directory/errors.ts'
import { openSqliteStore } from '../../src/store/open-sqlite-store.ts'

async function openDirectory(t: TestContext) {
  const store = await openSqliteStore({ path: ':memory:', newGuid: randomUUID })
  t.after(() => store.close())
  const time = { now: Date.UTC(2026, 0, 2) }
  const directory = createDirectory({ store: store.stores.directory, clock: () => time.now, newGuid: randomUUID, randomBytes })
  return { directory, time }
}

test('an application is registered once per name, with a principal', async (t) => {
  const { directory } = await openDirectory(t)
  const first = await directory.registerApplication({ displayName: 'web', secret: 's1', identifierUris: ['api://web'] })
  const again = await directory.registerApplication({ displayName: 'web', secret: 's1' })
  assert.deepEqual(again, first)
  assert.equal(first.principal.clientId, first.application.clientId)
  assert.equal(first.principal.kind, 'application')
  assert.deepEqual(await directory.listPrincipals(), [first.principal])
  assert.deepEqual(await directory.findPrincipalByClientId(first.application.clientId.toUpperCase()), first.principal)
  assert.deepEqual(await directory.findPrincipal(first.principal.objectId), first.principal)
})

test('secrets: right, wrong, expired, unknown application', async (t) => {
  const { directory, time } = await openDirectory(t)
  const clientId = '0000000A-0000-0000-0000-000000000001'
  const { application } = await directory.registerApplication({ displayName: 'web', clientId, secret: 's1' })
  assert.doesNotMatch(JSON.stringify(application), /s1"/)
  await directory.addSecret(clientId, 's2', time.now + 1000)
  assert.equal(await directory.authenticateApplication(clientId, 's1'), 'ok')
  assert.equal(await directory.authenticateApplication(clientId.toLowerCase(), 's2'), 'ok')
  assert.equal(await directory.authenticateApplication(clientId, 's3'), 'wrongSecret')
  assert.equal(await directory.authenticateApplication(randomUUID(), 's1'), 'unknown')
  time.now += 1000
  assert.equal(await directory.authenticateApplication(clientId, 's2'), 'expired')
  await directory.addSecret(clientId, 's2', undefined)
  assert.equal(await directory.authenticateApplication(clientId, 's2'), 'ok')
  await assert.rejects(directory.addSecret(randomUUID(), 's', undefined), ApplicationNotFoundError)
})

test('a client id or an identifier URI belongs to one application', async (t) => {
  const { directory } = await openDirectory(t)
  const { application } = await directory.registerApplication({ displayName: 'web', identifierUris: ['api://web'] })
  for (const conflict of [
    { displayName: 'other', clientId: application.clientId },
    { displayName: 'other', identifierUris: ['api://web'] },
    { displayName: 'web', clientId: randomUUID() },
  ]) {
    await assert.rejects(directory.registerApplication(conflict), ApplicationConflictError)
  }
})
