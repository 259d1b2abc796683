import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import https from 'node:https'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, describe, test } from 'node:test'
import { addressOf, startUpProcess } from '../support/start-up-process.ts'

let folder = ''
before(() => (folder = mkdtempSync(path.join(tmpdir(), 'lanyard-data-'))))
after(() => rmSync(folder, { recursive: true, force: true }))

/** Also asks for the key set, so that there is a signing key. */
async function runOnce(data: string): Promise<void> {
  const process = startUpProcess(data)
  assert.ok(await process.isUp, process.printed.stderr)
  const { url, certificateAuthority: ca } = await addressOf(process, data)
  await new Promise((resolve, reject) => {
    https
      .get(`${url}/common/discovery/keys`, { ca, agent: false }, (response) => response.resume().once('end', resolve))
      .once('error', reject)
  })
  process.child.kill()
  assert.equal(await process.ended, 0)
}

describe('processes that start at once on one data directory', () => {
  for (const [what, isNew] of [
    ['that is not there yet', true],
    ['that is', false],
  ] as const) {
    test(`${what}: one is up, and the others say that it is in use`, async () => {
      const data = path.join(folder, isNew ? 'new' : 'kept')
      if (!isNew) await runOnce(data)
      const processes = Array.from({ length: 4 }, () => startUpProcess(data))
      const up = await Promise.all(processes.map(({ isUp }) => isUp))
      assert.equal(up.filter(Boolean).length, 1, JSON.stringify(processes.map(({ printed }) => printed)))
      for (const [index, { child, ended, printed }] of processes.entries()) {
        if (up[index]) {
          child.kill()
          continue
        }
        assert.equal(await ended, 1)
        assert.match(
          printed.stderr,
          /^ERROR: .* is in use by another Lanyard\. Stop that one, attach to it with 'lanyard run', or/,
        )
        assert.equal(printed.stdout, '')
      }
      await Promise.all(processes.map(({ ended }) => ended))
    })
  }
})

describe('a data directory that cannot be used is said in one sentence, and left as it is', () => {
  const database = (data: string) => path.join(data, 'lanyard.db')
  const key = (data: string) => path.join(data, 'encryption.key')
  const cases: Readonly<Record<string, { damage: (data: string) => string; sentence: RegExp }>> = {
    'the database is no database': {
      damage: (data) => {
        writeFileSync(database(data), 'not a database '.repeat(100))
        return database(data)
      },
      sentence: /lanyard\.db is damaged, or not a database of Lanyard\. Put it right or restore it from a copy/,
    },
    'the database is cut off': {
      damage: (data) => {
        truncateSync(database(data), 5000)
        return database(data)
      },
      sentence: /lanyard\.db is damaged\. Put it right/,
    },
    'the database is of a newer Lanyard': {
      damage: (data) => {
        const newer = new DatabaseSync(database(data))
        newer.exec('pragma user_version = 4000')
        newer.close()
        return key(data)
      },
      sentence: /was written by a newer Lanyard \(schema 4000; this one knows \d+\)\. Update Lanyard/,
    },
    'the encryption key is gone': {
      damage: (data) => {
        rmSync(key(data))
        return database(data)
      },
      sentence: /encryption\.key is missing, and the signing keys in .*lanyard\.db cannot be read without it\./,
    },
    'the encryption key is cut off': {
      damage: (data) => {
        writeFileSync(key(data), 'short')
        return key(data)
      },
      sentence: /encryption\.key is damaged: it must hold 32 bytes\./,
    },
    'the encryption key is another one': {
      damage: (data) => {
        writeFileSync(key(data), randomBytes(32))
        return key(data)
      },
      sentence: /encryption\.key is not the key that the signing keys beside it were encrypted with\./,
    },
    'it is a file': {
      damage: (data) => {
        rmSync(data, { recursive: true })
        writeFileSync(data, 'a file')
        return data
      },
      sentence: /is not a directory\. Put it right/,
    },
  }
  for (const [what, { damage, sentence }] of Object.entries(cases)) {
    test(what, async () => {
      const data = mkdtempSync(path.join(folder, 'd-'))
      await runOnce(data)
      const watched = damage(data)
      const bytes = readFileSync(watched)
      const { ended, printed } = startUpProcess(data)
      assert.equal(await ended, 1)
      assert.match(printed.stderr, sentence)
      assert.match(printed.stderr, /^ERROR: [^\n]+\n$/)
      assert.equal(printed.stdout, '')
      assert.deepEqual(readFileSync(watched), bytes)
    })
  }

  test('it is a folder of something else, which keeps its mode', async () => {
    const data = mkdtempSync(path.join(folder, 'd-'))
    chmodSync(data, 0o755)
    writeFileSync(path.join(data, 'thesis.txt'), 'mine')
    const { ended, printed } = startUpProcess(data)
    assert.equal(await ended, 1)
    assert.match(printed.stderr, /^ERROR: .* holds files that are not of Lanyard\. .*\n$/)
    assert.equal((statSync(data).mode & 0o777).toString(8), '755')
    assert.deepEqual(readdirSync(data), ['thesis.txt'])
  })

  test('its path is too long for a socket', async () => {
    const data = path.join(folder, 'long'.repeat(30))
    const { ended, printed } = startUpProcess(data)
    assert.equal(await ended, 1)
    assert.match(
      printed.stderr,
      /^ERROR: .* is too long a path: the socket in it could have 103 bytes, and would have \d+\. .*\n$/,
    )
  })

  test('it may not be written', { skip: process.getuid?.() === 0 ? 'root may write everywhere' : false }, async () => {
    const data = path.join(mkdtempSync(path.join(folder, 'd-')), 'below')
    chmodSync(path.dirname(data), 0o500)
    const { ended, printed } = startUpProcess(data)
    assert.equal(await ended, 1)
    assert.match(printed.stderr, /cannot be used as a directory \(EACCES\)/)
  })
})

test("what is secret in a data directory is its owner's alone, also in a directory that was there before", async () => {
  const data = path.join(folder, 'open')
  mkdirSync(data, { mode: 0o755 })
  await runOnce(data)
  const modeOf = (name: string) => (statSync(path.join(data, name)).mode & 0o777).toString(8)
  assert.deepEqual([modeOf('.'), modeOf('encryption.key'), modeOf('ca-key.pem')], ['700', '600', '600'])
})
