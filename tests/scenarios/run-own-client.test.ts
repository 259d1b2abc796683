import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { runLanyard } from '../support/run-lanyard.ts'

let folder: string
before(() => (folder = mkdtempSync(path.join(tmpdir(), "lanyard's test-"))))
after(() => rmSync(folder, { recursive: true, force: true }))
// No lanyard is installed there.
const env = () => ({ LANYARD_DATA: path.join(folder, 'none'), TMPDIR: folder, PATH: '/usr/bin:/bin' })

const script = `set -eu
lanyard login --identity --query '[].name' -o tsv
lanyard resource list -n web-1 --query '[*].type' --out tsv
`

test(
  'a command finds the built-in client, which signs in through the proxy',
  { skip: process.platform === 'win32' },
  async () => {
    const result = await runLanyard(['run', '-q', '--', 'sh', '-c', script], { env: env() })
    assert.equal(result.code, 0, result.stderr)
    assert.match(result.stdout, /^.+\nMicrosoft\.Compute\/virtualMachines\n$/)
  },
)

test(
  'the client passes on its exit code, and programs beside it still get the proxy',
  { skip: process.platform === 'win32' },
  async () => {
    const failing = await runLanyard(['run', '-q', '--', 'lanyard', 'account', 'show'], { env: env() })
    assert.deepEqual([failing.code, failing.stdout], [1, ''])
    assert.match(failing.stderr, /Please run 'lanyard login'/)
    const other = await runLanyard(['run', '-q', '--', 'sh', '-c', 'echo "$NODE_USE_ENV_PROXY $PATH"'], { env: env() })
    assert.match(other.stdout, /^1 .*lanyard-run-[^:]*bin:\/usr\/bin:\/bin\n$/)
  },
)
