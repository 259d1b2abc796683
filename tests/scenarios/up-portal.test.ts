import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { runLanyard } from '../support/run-lanyard.ts'
import { postForm, portalClientId, signInUser } from '../support/sign-in-user.ts'
import { startUpProcess, type UpProcess } from '../support/start-up-process.ts'

let folder: string
before(() => (folder = mkdtempSync(path.join(tmpdir(), 'lanyard-test-'))))
after(() => rmSync(folder, { recursive: true, force: true }))

async function stop({ child, ended }: UpProcess): Promise<void> {
  child.kill('SIGTERM')
  await ended
}

/** What a person reads on the terminal. */
function read({ stdout }: UpProcess['printed']) {
  const find = (pattern: RegExp) => pattern.exec(stdout)?.[1] ?? ''
  return {
    origin: find(/^ {2}portal {5}(http:\/\/127\.0\.0\.1:\d+)$/m),
    tenant: find(/^ {2}tenant {5}(\S+)$/m),
    user: find(/^ {2}user {7}(\S+)$/m),
    password: find(/^ {2}password {3}(\S+)$/m),
  }
}

test('a person signs in with what up prints; at the next start it is another, and the session of before is over', async () => {
  const data = path.join(folder, 'data')
  const first = startUpProcess(data)
  assert.equal(await first.isUp, true, first.printed.stderr)
  const shown = read(first.printed)
  assert.match(shown.password, /^([b-z2-9]{5}-){4}[b-z2-9]{5}$/)
  const tokens = await signInUser(shown.origin, shown.tenant, shown.user, shown.password)
  const answer = await fetch(`${shown.origin}/subscriptions?api-version=2022-12-01`, {
    headers: { authorization: `Bearer ${tokens.access_token}` },
  })
  assert.equal(answer.status, 200)
  assert.equal(((await answer.json()) as { value: unknown[] }).value.length, 1)
  await stop(first)

  const kept = readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name)))
  for (const secret of [shown.password, tokens.refresh_token]) assert.ok(!kept.some((file) => file.includes(secret)))

  const second = startUpProcess(data)
  assert.equal(await second.isUp, true, second.printed.stderr)
  const again = read(second.printed)
  assert.equal(again.user, shown.user)
  assert.notEqual(again.password, shown.password)
  const refused = await postForm(`${again.origin}/${again.tenant}/oauth2/v2.0/token`, {
    grant_type: 'refresh_token',
    client_id: portalClientId,
    refresh_token: tokens.refresh_token,
  })
  assert.equal(refused.status, 400)
  const still = await fetch(`${again.origin}/subscriptions?api-version=2022-12-01`, {
    headers: { authorization: `Bearer ${tokens.access_token}` },
  })
  assert.equal(still.status, 200)
  await stop(second)
})

test('the portal’s port in use is said, and there may be no portal', async () => {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const { port } = holder.address() as AddressInfo
  const taken = await runLanyard(['up', '--ephemeral', '--port', '0', '--portal-port', String(port)], { cwd: folder })
  assert.equal(taken.code, 1)
  assert.match(taken.stderr, new RegExp(`Port ${port} is in use\\. Choose another with --portal-port`))
  const without = startUpProcess(path.join(folder, 'without'), '--portal-port', String(port), '--no-portal')
  assert.equal(await without.isUp, true, without.printed.stderr)
  assert.doesNotMatch(without.printed.stdout, /portal|password/)
  await stop(without)
  holder.close()
})
