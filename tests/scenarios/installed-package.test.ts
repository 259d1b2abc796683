import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { documentedExample, packConsumer, root } from '../support/pack-consumer.ts'

const run = promisify(execFile)
const work = await mkdtemp(path.join(tmpdir(), 'lanyard-package-'))
const consumer = path.join(work, 'consumer')
/** The test runner tells its children by this that they are its own, and they print no report. */
const env = { ...process.env, NODE_TEST_CONTEXT: undefined }

before(() => packConsumer(work))
after(() => rm(work, { recursive: true, force: true }))

test('the example of docs/testing.md runs with the packed package', async () => {
  const example = await documentedExample('node-test.mjs')
  await writeFile(path.join(consumer, 'example.test.mjs'), example)
  const { stdout } = await run(process.execPath, ['--test', '--test-reporter=tap', 'example.test.mjs'], { cwd: consumer, env })
  assert.match(stdout, /^# pass 3$/m)
})

test('CommonJS finds the same, and a world with a mistake is refused with its place', async () => {
  const program = `const { startLanyard } = require('lanyard/testing')
    startLanyard({ world: { subscriptions: [{ name: 'S' }] } }).catch((error) => console.log(error.message))`
  const { stdout } = await run(process.execPath, ['-e', program], { cwd: consumer, env })
  assert.match(stdout, /^subscriptions\.0\.id: is missing; expected text/)
})

test('its types know the world and the faults', async () => {
  const program = `import { startLanyard } from 'lanyard/testing'
await using lanyard = await startLanyard({ world: { subscriptions: [{ name: 'S', id: 'x' }] } })
const status: number | undefined = lanyard.requests.all[0]?.status
lanyard.faults.add({ kind: 'hang' })
// @ts-expect-error there is no such fault
lanyard.faults.add({ kind: 'nothing' })
console.log(status)
`
  await writeFile(path.join(consumer, 'typed.mts'), program)
  const options = [
    '--noEmit',
    '--strict',
    '--target',
    'esnext',
    '--module',
    'nodenext',
    '--types',
    'node',
    '--skipLibCheck',
    'false',
  ]
  const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  await run(process.execPath, [tsc, ...options, 'typed.mts'], { cwd: consumer }).catch((error: { stdout: string }) =>
    assert.fail(error.stdout),
  )
})
