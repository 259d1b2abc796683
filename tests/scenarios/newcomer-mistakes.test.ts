import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { after, before, test } from 'node:test'
import { runLanyard } from '../support/run-lanyard.ts'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
let folder: string
before(() => (folder = mkdtempSync(path.join(tmpdir(), 'lanyard-test-'))))
after(() => rmSync(folder, { recursive: true, force: true }))
const run = (...args: string[]) => runLanyard(args, { cwd: folder, env: { LANYARD_DATA: path.join(folder, 'none') } })

test('a machine that is not there is named', async () => {
  const result = await run('run', '--vm', 'nope', '--', 'true')
  assert.equal(result.code, 1)
  assert.match(result.stderr, /There is no virtual machine 'nope'\. Name another with --vm/)
})

test('a command that is not there is 127', async () => {
  const result = await run('run', '-q', '--', 'no-such-command')
  assert.equal(result.code, 127)
  assert.match(result.stderr, /'no-such-command' was not found/)
})

test("the command's exit code is handed on, and its standard output is its own", async () => {
  const result = await run('run', '--', 'sh', '-c', 'echo out; exit 7')
  assert.deepEqual([result.code, result.stdout], [7, 'out\n'])
})

test('a mistake in the world file is named with its place', async () => {
  writeFileSync(path.join(folder, 'bad.yaml'), 'subscriptions:\n  - nam: x\n')
  const result = await run('run', '--config', 'bad.yaml', '--', 'true')
  assert.equal(result.code, 1)
  assert.match(result.stderr, /bad\.yaml:2:5: .*name/)
})

test('a host that is not served is refused under --offline', async () => {
  const script = "fetch('http://example.com/').then(async (r) => console.log(r.status, await r.text()))"
  const result = await run('run', '-q', '--offline', '--', process.execPath, '-e', script)
  assert.match(result.stdout, /^502 .*does not serve example\.com/, result.stderr)
})

test('a port in use and a data directory in use are said', async () => {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const { port } = holder.address() as AddressInfo
  const taken = await run('up', '--ephemeral', '--port', String(port))
  holder.close()
  assert.match(taken.stderr, new RegExp(`Port ${port} is in use`))

  const data = path.join(folder, 'data')
  const up = spawn(process.execPath, [main, 'up', '--data', data, '--port', '0', '--no-portal'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await once(up.stdout, 'data')
  const second = await run('up', '--data', data, '--port', '0', '--no-portal')
  const attached = await run('run', '--data', data, '--', 'true')
  up.kill()
  await once(up, 'exit')
  assert.match(second.stderr, /is in use by another Lanyard/)
  assert.match(attached.stderr, /attached to the running platform/)
})
