import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { startUpProcess } from '../../support/start-up-process.ts'
import { runLanyard } from '../../support/run-lanyard.ts'
import { main, startClient, type Client } from '../../support/start-client.ts'

let client: Client
before(async () => (client = await startClient()))
after(() => client.close())

describe('lanyard logs and why, signed in', () => {
  test('nobody is signed in and nothing runs: it says both', async () => {
    const { code, err } = await client.lanyard('logs', 'activity')
    assert.equal(code, 1)
    assert.match(err, /Nobody is signed in \(lanyard login\), and no platform is running/)
    const named = await client.lanyard('why', randomUUID(), '--data', client.folder)
    assert.match(named.err, /No platform is running with the data directory/)
  })

  test('sign-ins: who, from where, for what, how often', async () => {
    await client.get('login --identity')
    await fetch(`${client.platform.metadataUrl}/metadata/identity/oauth2/token?api-version=2018-02-01&resource=nonsense`, {
      headers: { Metadata: 'true' },
    })
    const table = await client.get('logs sign-ins --since 1h')
    assert.match(table, /^Time +Principal +Machine +Resource +Result +Count +RequestId\n/)
    assert.match(table, /web-1 +web-1 +https:\/\/management\.core\.windows\.net\/ +Success +\d/)
    const failed = await client.get('logs sign-ins --failed --machine web-1 -o json')
    assert.deepEqual(
      (JSON.parse(failed) as { status: { errorCode: number } }[]).map(({ status }) => status.errorCode),
      [500011],
    )
    assert.equal(await client.get('logs sign-ins --machine web-2 -o json'), '[]')
    assert.equal(await client.get('logs sign-ins --principal nobody -o json'), '[]')
    assert.notEqual(await client.get('logs sign-ins --principal WEB-1 --top 1 -o json'), '[]')
    assert.equal(await client.get(`logs sign-ins --machine ${main.group}/none -o json`), '[]')
  })

  test('activity: what was written and refused, at every scope that is seen', async () => {
    await client.get(`group create -n made -l westeurope`)
    const denied = await client.lanyard('group', 'delete', '-n', 'not-there', '--yes')
    assert.notEqual(denied.code, 0)
    const table = await client.get('logs activity --principal web-1')
    assert.match(table, /^Time +Caller +Operation +Resource +Status +Answer +RequestId\n/)
    assert.match(table, /web-1 +Microsoft\.Resources\/subscriptions\/resourceGroups\/write +made +Succeeded +Created/)
    const failed = await client.get('logs activity --failed -o tsv --query [].operationName.value')
    assert.equal(failed, 'Microsoft.Resources/subscriptions/resourceGroups/delete')
    assert.equal((JSON.parse(await client.get('logs activity --top 2 -o json')) as unknown[]).length, 2)
  })

  test('a time or a number that is none is wrong usage', async () => {
    for (const words of [
      ['logs', 'activity', '--since', 'yesterday'],
      ['logs', 'sign-ins', '--since', '1y'],
      ['logs', 'sign-ins', '--top', '0'],
      ['why'],
    ]) {
      assert.equal((await client.lanyard(...words)).code, 2, words.join(' '))
    }
  })

  test('why: text for a person, JSON for a tool, 3 for what is not there', async () => {
    const target = '/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://management.azure.com/'
    const refused = await fetch(`${client.platform.metadataUrl}${target}&client_id=${randomUUID()}`, {
      headers: { Metadata: 'true' },
    })
    const id = refused.headers.get('x-ms-request-id') ?? ''
    const text = await client.get(`why ${id}`)
    assert.match(text, /^GET \/metadata\/identity\/oauth2\/token\nwas refused with 400 invalid_request at /)
    assert.match(text, /\nidentities {2}systemAssigned, client id [\w-]+\n {12}userAssigned, client id /)
    assert.match(text, /\nasked for {3}client_id=/)
    assert.match(
      text,
      /\nWhat to do: Attach that identity[^]*\n {2}az vm identity assign -g lanyard -n web-1 --identities IDENTITY$/,
    )
    assert.equal(await client.get(`why ${id} -o tsv --query properties.message`), 'Identity not found')
    for (const unknown of [randomUUID(), 'a'.repeat(100_000), '../../x', '\u0000', 'привет']) {
      const { code, err, out } = await client.lanyard('why', unknown)
      assert.deepEqual([code, out], [3, ''], unknown.slice(0, 20))
      assert.match(err, /^ERROR: There is no refused request with the id /)
      assert.ok(err.length < 500)
    }
  })
})

test('the owner of a running platform reads its logs, and why, without signing in; they outlive the process', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'lanyard-logs-'))
  const data = path.join(folder, 'data')
  const env = { LANYARD_CONFIG_DIR: path.join(folder, 'config'), LANYARD_DATA: data }
  const up = startUpProcess(data)
  try {
    assert.ok(await up.isUp, up.printed.stderr)
    const run = await runLanyard(
      [
        'run',
        '--',
        'sh',
        '-c',
        'curl -s -o /dev/null -D - -X DELETE -H "Authorization: Bearer x" "https://management.azure.com/subscriptions?api-version=2022-12-01"',
      ],
      { env, cwd: folder },
    )
    const id = /x-ms-request-id: (\S+)/i.exec(run.stdout)?.[1] ?? ''
    const why = await runLanyard(['why', id], { env, cwd: folder })
    assert.match(why.stdout, /was refused with 401 InvalidAuthenticationToken/, why.stderr + run.stdout + run.stderr)
    assert.match(why.stdout, /Why: What was sent is no access token/)
    const signIns = await runLanyard(['logs', 'sign-ins', '--data', data, '-o', 'json', '--query', '[].servicePrincipalName'], {
      env,
    })
    assert.match(signIns.stdout, /lanyard-administrator/, signIns.stderr)
    up.child.kill('SIGTERM')
    await up.ended
    const again = startUpProcess(data)
    try {
      assert.ok(await again.isUp, again.printed.stderr)
      assert.match((await runLanyard(['why', id], { env, cwd: folder })).stdout, /401 InvalidAuthenticationToken/)
      const activity = await runLanyard(['logs', 'activity'], { env, cwd: folder })
      assert.match(activity.stdout, /Microsoft\.Compute\/virtualMachines\/write +web-1 +Succeeded/, activity.stderr)
    } finally {
      again.child.kill('SIGTERM')
      await again.ended
    }
  } finally {
    up.child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
})
