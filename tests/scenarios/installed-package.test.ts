import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../', import.meta.url))
const work = await mkdtemp(path.join(tmpdir(), 'lanyard-package-'))
const consumer = path.join(work, 'consumer')
/** The test runner tells its children by this that they are its own, and they print no report. */
const env = { ...process.env, NODE_TEST_CONTEXT: undefined }

before(async () => {
  const source = path.join(work, 'source')
  await run(process.execPath, [path.join(root, 'build', 'bundle.ts'), path.join(source, 'dist')])
  for (const name of ['package.json', 'bin', 'schema'])
    await cp(path.join(root, name), path.join(source, name), { recursive: true })
  await run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', work], { cwd: source })
  const modules = path.join(consumer, 'node_modules')
  await mkdir(modules, { recursive: true })
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string }
  await run('tar', ['-xzf', path.join(work, `lanyard-${version}.tgz`), '-C', modules])
  await run('mv', [path.join(modules, 'package'), path.join(modules, 'lanyard')])
  for (const name of ['@azure', '@types', 'undici-types', 'zod']) {
    await symlink(path.join(root, 'node_modules', name), path.join(modules, name))
  }
})
after(() => rm(work, { recursive: true, force: true }))

test('the example of docs/testing.md runs with the packed package', async () => {
  const example = await readFile(path.join(root, 'examples', 'testing', 'node-test.mjs'), 'utf8')
  const page = await readFile(path.join(root, 'docs', 'testing.md'), 'utf8')
  assert.ok(page.includes(`\`\`\`js\n${example}\`\`\``), 'docs/testing.md shows examples/testing/node-test.mjs as it is')
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
