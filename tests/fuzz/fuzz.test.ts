// A few requests to each endpoint; `npm run fuzz` sends a hundred thousand.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { fuzz } from './fuzz.ts'
import { openTargets } from './targets.ts'

let folder = ''
let opened: Awaited<ReturnType<typeof openTargets>>
before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'lanyard-fuzz-'))
  opened = await openTargets(folder)
})
after(async () => {
  await opened.close()
  rmSync(folder, { recursive: true, force: true })
})

test('no generated request gets a 5xx, a hang, another machine’s token or a stack trace', async () => {
  for (const target of opened.targets) {
    const { sent, findings } = await fuzz(target, 300, 1)
    assert.deepEqual(findings, [], target.name)
    assert.equal(sent, 300)
  }
})
