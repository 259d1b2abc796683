import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { runLanyard } from '../support/run-lanyard.ts'
import { clients, versionOf } from './clients.ts'
import { isSelected, required } from './selection.ts'

const [built, folder] = [
  mkdtempSync(path.join(tmpdir(), 'lanyard-clients-')),
  mkdtempSync(path.join(tmpdir(), 'lanyard-run-in-')),
]
after(() => [built, folder].forEach((one) => rmSync(one, { recursive: true, force: true })))

for (const client of clients) {
  const { name, language, build, program } = client
  if (!program || !isSelected(language)) continue
  const version = versionOf(client)
  const skip = version === undefined && !required && `${name} is not installed`
  test(`${name} (${version ?? 'not installed'})`, { skip }, async () => {
    assert.ok(version !== undefined, `${name} is not installed`)
    build?.(built)
    const { command, prints } = program(built)
    const options = ['run', '-q', '--ephemeral', '--offline']
    const { code, stdout, stderr } = await runLanyard([...options, '--', ...command], { cwd: folder })
    assert.deepEqual([code, stdout], [0, prints], stderr)
  })
}

test('nothing is left behind where they ran', () => {
  assert.deepEqual(readdirSync(folder), [])
})
