import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { requestExplanation } from '../../src/contracts/request-explanation.ts'
import { parseFault, type FaultInput } from '../../src/faults/fault-schema.ts'
import { parseWorld } from '../../src/world/parse-world.ts'
import { callPlatform, machineToken } from '../support/call-platform.ts'
import { administratorToken } from '../support/manager-client.ts'
import { runLanyard } from '../support/run-lanyard.ts'
import { groupId, startTestPlatform } from '../support/start-test-platform.ts'
import { startUpProcess } from '../support/start-up-process.ts'

const platform = await startTestPlatform()
after(() => platform.close())
const { faults, clock, tenantId } = platform.platform

const tokenUrl = `${platform.metadataUrl}/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net`
const askToken = (signal?: AbortSignal) => fetch(tokenUrl, { headers: { Metadata: 'true' }, ...(signal && { signal }) })
const manage = (token: string, method: string, target: string, body?: object) =>
  callPlatform(platform, method, target, { token, ...(body && { body: JSON.stringify(body) }) })
const readGroup = (token: string) => manage(token, 'GET', `${groupId}?api-version=2021-04-01`)

/** Runs a test with faults that are gone after it, and the clock as it was. */
function withFaults(name: string, wanted: readonly FaultInput[], work: () => Promise<void>): void {
  test(name, async () => {
    for (const fault of wanted) faults.add(parseFault(fault))
    try {
      await work()
    } finally {
      faults.clear()
      clock.reset()
    }
  })
}

withFaults(
  'the requests that a fault names are struck, and no other',
  [{ kind: 'answer', status: 503, requests: '2-3' }],
  async () => {
    const statuses = []
    for (let n = 0; n < 4; n++) statuses.push((await askToken()).status)
    assert.deepEqual(statuses, [200, 503, 503, 200])
    assert.deepEqual(
      faults.list().map(({ seen, struck, isSpent }) => [seen, struck, isSpent]),
      [[4, 2, true]],
    )
  },
)

withFaults('what was remembered is not answered around a fault', [], async () => {
  clock.freeze()
  assert.equal((await askToken()).status, 200)
  faults.add(parseFault({ kind: 'answer', status: 429, retryAfter: 7 }))
  const refused = await askToken()
  assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '7'])
  assert.equal(((await refused.json()) as { error: string }).error, 'too_many_requests')
})

withFaults(
  'each endpoint fails in its own shape',
  (['resource-manager', 'token-endpoint', 'graph'] as const).map((endpoint) => ({ kind: 'answer', status: 503, endpoint })),
  async () => {
    const token = await machineToken(platform)
    const arm = await readGroup(token)
    assert.deepEqual([arm.status, arm.json<{ error: { code: string } }>().error.code], [503, 'ServiceUnavailable'])
    const entra = await callPlatform(platform, 'POST', `/${tenantId}/oauth2/v2.0/token`)
    assert.deepEqual([entra.status, entra.json<{ error_codes: number[] }>().error_codes], [503, [90033]])
    const graph = await manage(token, 'GET', '/v1.0/servicePrincipals')
    assert.equal(graph.status, 503)
    assert.ok(graph.json<{ error: { innerError: object } }>().error.innerError)
  },
)

withFaults('a request that hangs ends with its client', [{ kind: 'hang', requests: 'first' }], async () => {
  await assert.rejects(askToken(AbortSignal.timeout(100)), { name: 'TimeoutError' })
  assert.equal((await askToken()).status, 200)
})

withFaults('a connection that is cut, and half a JSON text', [{ kind: 'drop', requests: 1 }, { kind: 'malformed' }], async () => {
  await assert.rejects(askToken(), /fetch failed/)
  const half = await askToken()
  assert.equal(half.status, 200)
  await assert.rejects(half.json(), SyntaxError)
})

withFaults('a machine is throttled after five requests in a second of the clock', [{ kind: 'throttle' }], async () => {
  clock.freeze()
  for (let n = 0; n < 5; n++) assert.equal((await askToken()).status, 200)
  const refused = await askToken()
  assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '1'])
  clock.advance(1_000)
  assert.equal((await askToken()).status, 200)
})

withFaults(
  'tokens live as long as was asked, and expires_on may be later than their end',
  [
    { kind: 'token-lifetime', duration: '2m' },
    { kind: 'late-expires-on', duration: 3_600 },
  ],
  async () => {
    const { access_token: token, expires_on: told } = (await (await askToken()).json()) as Record<string, string>
    const claims = JSON.parse(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString()) as { iat: number; exp: number }
    assert.equal(claims.exp - claims.iat, 120)
    assert.equal(Number(told) - claims.exp, 3_600)
  },
)

withFaults('a token is refused before its end', [{ kind: 'early-refusal', duration: '24h' }], async () => {
  const refused = await readGroup(await machineToken(platform))
  assert.deepEqual([refused.status, refused.json<{ error: { code: string } }>().error.code], [401, 'ExpiredAuthenticationToken'])
})

withFaults(
  'an identity is not found for a while after it was assigned',
  [{ kind: 'identity-delay', duration: '1h' }],
  async () => {
    const refused = await askToken()
    assert.deepEqual(
      [refused.status, await refused.text()],
      [400, '{"error":"invalid_request","error_description":"Identity not found"}'],
    )
    clock.advance(3_600_000)
    assert.equal((await askToken()).status, 200)
  },
)

withFaults(
  'a principal is not found for a while, unless its type is named',
  [{ kind: 'principal-delay', duration: '1h' }],
  async () => {
    const administrator = await administratorToken(platform)
    const claims = JSON.parse(Buffer.from((await machineToken(platform)).split('.')[1] ?? '', 'base64url').toString()) as {
      oid: string
    }
    const name = '6c616e79-6172-4400-8000-0000000000a1'
    const target = `${groupId}/providers/Microsoft.Authorization/roleAssignments/${name}?api-version=2022-04-01`
    const roleDefinitionId = '/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c'
    const assign = (more: object) =>
      manage(administrator, 'PUT', target, { properties: { roleDefinitionId, principalId: claims.oid, ...more } })
    const refused = await assign({})
    assert.deepEqual([refused.status, refused.json<{ error: { code: string } }>().error.code], [400, 'PrincipalNotFound'])
    assert.equal((await assign({ principalType: 'ServicePrincipal' })).status, 201)
    assert.equal((await manage(administrator, 'DELETE', target)).status, 200)
  },
)

withFaults(
  'what a token was given out with counts for a while after the role is gone',
  [{ kind: 'stale-access', duration: '1h' }],
  async () => {
    const administrator = await administratorToken(platform)
    const token = await machineToken(platform)
    const list = `${groupId}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01&$filter=atScope()`
    const { value } = (await manage(administrator, 'GET', list)).json<{
      value: { id: string; properties: { scope: string } }[]
    }>()
    for (const { id, properties } of value.filter(({ properties }) => properties.scope === groupId)) {
      assert.equal((await manage(administrator, 'DELETE', `${id}?api-version=2022-04-01`)).status, 200, properties.scope)
    }
    assert.equal((await readGroup(token)).status, 200)
    clock.advance(3_600_000)
    assert.equal((await readGroup(token)).status, 403)
  },
)

withFaults('what a fault answers can be asked about like any other refusal', [{ kind: 'answer', status: 503 }], async () => {
  const id = (await askToken()).headers.get('x-ms-request-id') ?? ''
  const { accessToken } = await platform.platform.issueAdministratorToken({
    resource: 'https://management.azure.com/',
    lifetimeSeconds: 60,
  })
  const why = await manage(accessToken, 'GET', `/providers/Lanyard.Diagnostics/requests/${id}?api-version=2026-11-01`)
  const { status, cause, commands } = requestExplanation.parse(why.json()).properties
  assert.equal(status, 503)
  assert.match(cause, /A fault that was added on purpose/)
  assert.ok(commands?.includes('lanyard fault clear'))
})

test('a wrong fault of a world file is named with its place', () => {
  const world = (fault: string) =>
    `subscriptions:\n  - name: S\n    id: 6c616e79-6172-4400-8000-0000000000f1\nfaults:\n  - ${fault}\n`
  const wrong: Readonly<Record<string, RegExp>> = {
    '{ kind: nothing }': /^lanyard\.yaml:5:\d+: faults\.0\.kind: expected one of answer, throttle/,
    '{ kind: answer, status: 418 }': /^lanyard\.yaml:5:\d+: faults\.0\.status: expected one of 404, 410, 429, 500, 503/,
    '{ kind: hang, request: first }': /^lanyard\.yaml:5:\d+: .*there is no property 'request' here; did you mean 'requests'\?/,
    '{ kind: hang, requests: last }': /faults\.0\.requests: expected every, first, a number/,
    '{ kind: hang, machine: web-9 }': /faults\.0\.machine: this file has no machine 'web-9'/,
    '{ kind: token-lifetime, duration: long }': /faults\.0\.duration: expected a duration/,
  }
  for (const [fault, message] of Object.entries(wrong)) {
    assert.throws(() => parseWorld(world(fault), 'lanyard.yaml'), { message }, fault)
  }
})

test('lanyard fault and lanyard clock reach the running platform', async () => {
  const data = await mkdtemp(path.join(tmpdir(), 'lanyard-faults-'))
  const up = startUpProcess(data, '--offline')
  try {
    assert.equal(await up.isUp, true, up.printed.stderr)
    const lanyard = (...words: readonly string[]) => runLanyard([...words, '--data', data])
    const added = await lanyard('fault', 'add', '429', '--retry-after', '2', '--requests', 'next 3')
    assert.equal(added.code, 0, added.stderr)
    assert.deepEqual(JSON.parse(added.stdout), {
      id: 1,
      kind: 'answer',
      status: 429,
      retryAfter: 2,
      endpoint: 'metadata',
      requests: 'next 3',
      seen: 0,
      struck: 0,
      spent: false,
    })
    const wrong = await lanyard('fault', 'add', '418')
    assert.deepEqual(
      [wrong.code, wrong.stderr],
      [1, 'ERROR: This is no fault: status: expected one of 404, 410, 429, 500, 503.\n'],
    )
    const unknown = await lanyard('fault', 'remove', '9')
    assert.match(unknown.stderr, /There is no fault 9/)
    assert.deepEqual(JSON.parse((await lanyard('fault', 'clear')).stdout), [])
    const frozen = await lanyard('clock', 'freeze', '2026-01-31T12:00:00Z')
    assert.deepEqual(JSON.parse(frozen.stdout), { now: '2026-01-31T12:00:00.000Z', frozen: true })
    const moved = await lanyard('clock', 'move', '25h')
    assert.deepEqual(JSON.parse(moved.stdout), { now: '2026-02-01T13:00:00.000Z', frozen: true })
  } finally {
    up.child.kill()
    await up.ended
    await rm(data, { recursive: true, force: true })
  }
  const nobody = await runLanyard(['fault', 'list', '--data', data])
  assert.match(nobody.stderr, /No platform is running/)
})
