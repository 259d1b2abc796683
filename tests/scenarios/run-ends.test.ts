import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { runLanyard } from '../support/run-lanyard.ts'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const options = ['run', '--ephemeral', '--offline']
let folder = ''
before(() => (folder = mkdtempSync(path.join(tmpdir(), 'lanyard-run-test-'))))
after(() => rmSync(folder, { recursive: true, force: true }))

const run = (...command: readonly string[]) => runLanyard([...options, '-q', '--', ...command], { cwd: folder })
/** What a command prints to say where the private folder of its run is. */
const tellFolder = 'echo "$(dirname "$SSL_CERT_FILE")"'

test("the exit code is the command's own, or says which signal ended it", async () => {
  assert.equal((await run('sh', '-c', 'exit 7')).code, 7)
  assert.equal((await run('sh', '-c', 'kill -9 $$')).code, 128 + 9)
  assert.equal((await run('sh', '-c', 'kill -TERM $$')).code, 128 + 15)
})

test('what cannot be started is 126 or 127, with a sentence', async () => {
  const file = path.join(folder, 'no-program')
  writeFileSync(file, 'text', { mode: 0o644 })
  const refused = await run(file)
  rmSync(file)
  assert.deepEqual([refused.code, refused.stderr], [126, `lanyard: '${file}' could not be started (EACCES)\n`])
  const missing = await run('no-such-program')
  assert.deepEqual(
    [missing.code, missing.stderr],
    [127, "lanyard: 'no-such-program' was not found. Is it installed, and on the PATH?\n"],
  )
})

test('one line on the standard error says what was done; -q keeps it back', async () => {
  const said = await runLanyard([...options, '--', 'true'], { cwd: folder })
  assert.match(said.stderr, /^lanyard: running as VM web-1, group lanyard \(platform of its own, default world\)[^\n]*\n$/)
  assert.deepEqual(await run('true'), { code: 0, stdout: '', stderr: '' })
})

test('a command that ends while the platform prepares its key and endpoints ends without a word of it', async () => {
  // The preparation begins a moment after the start: one of these falls into it, on a fast machine and on a slow one.
  for (const seconds of ['0.15', '0.2', '0.25', '0.3'])
    assert.deepEqual(await run('sleep', seconds), { code: 0, stdout: '', stderr: '' })
})

test('nothing is left behind: no private folder, no file where it was called', async () => {
  const { stdout } = await run('sh', '-c', `${tellFolder}; ls "$(dirname "$SSL_CERT_FILE")" >&2`)
  assert.match(stdout, /lanyard-run-/)
  assert.equal(existsSync(stdout.trim()), false)
  assert.deepEqual(readdirSync(folder), [])
})

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  test(`${signal} reaches the command, which may end in its own way; the private folder goes`, async () => {
    const name = signal.slice(3)
    const script = `trap 'echo ended by ${name}; exit 9' ${name}; ${tellFolder}; while :; do sleep 0.05; done`
    const child = spawn(process.execPath, [main, ...options, '-q', '--', 'sh', '-c', script], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let printed = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (printed === '') child.kill(signal)
      printed += text
    })
    const [code] = (await once(child, 'close')) as [number]
    const [privateFolder = '', last] = printed.trim().split('\n')
    assert.deepEqual([code, last], [9, `ended by ${name}`])
    assert.equal(existsSync(privateFolder), false)
  })
}

test('a command that ignores the first SIGINT gets the second', async () => {
  const script = "n=0; trap 'n=$((n+1)); echo $n; [ $n = 2 ] && exit 5' INT; echo ready; while :; do sleep 0.05; done"
  const child = spawn(process.execPath, [main, ...options, '-q', '--', 'bash', '-c', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (!text.includes('2')) child.kill('SIGINT')
  })
  assert.deepEqual(await once(child, 'close'), [5, null])
})
