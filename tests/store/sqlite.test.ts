import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { DataDirectoryInUseError, DataDirectoryUnusableError, DataDirectoryVersionError } from '../../src/store/errors.ts'
import { openingPragmas, openSqliteStore } from '../../src/store/open-sqlite-store.ts'
import { samplePrincipal } from './samples.ts'
import { runStoreConformance } from './store-conformance.ts'

let folder = ''
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lanyard-store-'))
})
after(() => rm(folder, { recursive: true, force: true }))

const newPath = () => path.join(folder, `${randomUUID()}.db`)
const open = (file: string) => openSqliteStore({ path: file, newGuid: randomUUID })

runStoreConformance('SQLite in memory', (newGuid) => openSqliteStore({ path: ':memory:', newGuid }))
runStoreConformance('SQLite in a file', (newGuid) => openSqliteStore({ path: newPath(), newGuid }))

const storeProcess = fileURLToPath(new URL('./store-process.ts', import.meta.url))

/** Starts a process on a store; `lines` are what it prints. */
function startProcess(file: string, task: 'write' | 'hold') {
  const child = spawn(process.execPath, [storeProcess, file, task], { stdio: ['ignore', 'pipe', 'inherit'] })
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() }
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'close')
  child.kill('SIGKILL')
  await ended
}

describe('a SQLite file', () => {
  test('what was written is there after closing and opening, the tenant too', async () => {
    const file = newPath()
    const first = await open(file)
    const tenantId = await first.stores.directory.tenantId()
    await first.stores.directory.insertServicePrincipal(samplePrincipal(1))
    await first.close()
    const second = await open(file)
    assert.equal(await second.stores.directory.tenantId(), tenantId)
    assert.deepEqual(await second.stores.directory.listServicePrincipals(), [samplePrincipal(1)])
    await second.close()
  })

  test('closing lets go of the file, even when nothing was asked of the store, and may be repeated', async () => {
    const file = newPath()
    const first = await open(file)
    await first.close()
    await first.close()
    const second = await open(file)
    await second.close()
  })

  test('it is in WAL mode', async () => {
    const file = newPath()
    const store = await open(file)
    await store.close()
    const database = new DatabaseSync(file)
    assert.equal(database.prepare('pragma journal_mode').get()?.['journal_mode'], 'wal')
    database.close()
  })

  test('what is acknowledged is on the disk: WAL with a full sync, held by one process', () => {
    const database = new DatabaseSync(newPath())
    openingPragmas(database)
    const value = (name: string) => Object.values(database.prepare(`pragma ${name}`).get() ?? {})[0]
    assert.deepEqual(['journal_mode', 'synchronous', 'foreign_keys', 'locking_mode'].map(value), ['wal', 2, 1, 'exclusive'])
    database.close()
  })

  test('a foreign key that fails undoes its whole transaction', async () => {
    const store = await open(newPath())
    const subscriptionId = randomUUID()
    await assert.rejects(
      store.transaction(async ({ resources }) => {
        await resources.saveSubscription({ subscriptionId, displayName: 'kept?' })
        await resources.saveResourceGroup({ subscriptionId: randomUUID(), name: 'g', location: 'westus', tags: undefined })
      }),
      /FOREIGN KEY/,
    )
    assert.equal(await store.stores.resources.findSubscription(subscriptionId), undefined)
    await store.close()
  })

  test('foreign keys are enforced: a resource group needs its subscription', async () => {
    const store = await open(newPath())
    const orphan = { subscriptionId: randomUUID(), name: 'g', location: 'westus', tags: undefined }
    await assert.rejects(store.stores.resources.saveResourceGroup(orphan), /FOREIGN KEY/)
    await store.close()
  })

  test('kill -9 loses nothing that was acknowledged', async () => {
    const file = newPath()
    const { child, lines } = startProcess(file, 'write')
    let acknowledged = -1
    while (acknowledged < 40) acknowledged = Number((await lines.next()).value)
    await kill(child)
    for (let line = await lines.next(); !line.done; line = await lines.next()) acknowledged = Number(line.value)
    const store = await open(file)
    const kept = new Set((await store.stores.directory.listServicePrincipals()).map(({ objectId }) => objectId))
    for (let number = 0; number <= acknowledged; number++)
      assert.ok(kept.has(samplePrincipal(number).objectId), `${number} is lost`)
    await store.close()
  })

  test('a second process is refused with a sentence that says what to do, until the first is gone', async () => {
    const file = newPath()
    const { child, lines } = startProcess(file, 'hold')
    assert.equal((await lines.next()).value, 'open')
    await assert.rejects(open(file), (error) => {
      assert.ok(error instanceof DataDirectoryInUseError)
      assert.ok(error.message.includes(file))
      assert.match(error.message, /Stop .*--data/)
      return true
    })
    await kill(child)
    const store = await open(file)
    await store.close()
  })

  test('a process is refused while this one holds the file', async () => {
    const file = newPath()
    const store = await open(file)
    const { child, lines } = startProcess(file, 'hold')
    assert.equal((await lines.next()).value, 'DataDirectoryInUseError')
    await once(child, 'close')
    await store.stores.directory.insertServicePrincipal(samplePrincipal(1))
    await store.close()
  })

  test('a schema newer than the program is refused and left as it is', async () => {
    const file = newPath()
    const store = await open(file)
    await store.stores.directory.insertServicePrincipal(samplePrincipal(1))
    await store.close()
    const database = new DatabaseSync(file)
    const { user_version: version } = database.prepare('pragma user_version').get() as { user_version: number }
    database.exec('pragma user_version = 4000')
    database.close()
    await assert.rejects(open(file), DataDirectoryVersionError)
    const after = new DatabaseSync(file)
    assert.equal(after.prepare('select count(*) as principals from service_principals').get()?.['principals'], 1)
    after.exec(`pragma user_version = ${version}`)
    after.close()
    const reopened = await open(file)
    assert.equal((await reopened.stores.directory.listServicePrincipals()).length, 1)
    await reopened.close()
  })

  test('a file that is no database is refused as such, not as one in use', async () => {
    const file = newPath()
    await writeFile(file, 'not a database '.repeat(100))
    await assert.rejects(open(file), DataDirectoryUnusableError)
  })
})
