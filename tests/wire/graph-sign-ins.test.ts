import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { decodeJwt } from 'jose'
import { signIns, type SignInItem } from '../../src/contracts/sign-in.ts'
import { worldSchema } from '../../src/world/world-schema.ts'
import { defaultSubscriptionId } from '../../src/world/default-world.ts'
import { callPlatform, machineToken, type Answer } from '../support/call-platform.ts'
import { machineId, startTestPlatform, type TestPlatform } from '../support/start-test-platform.ts'

const graph = 'https://graph.microsoft.com/'
const orders = { name: 'orders', clientId: '33333333-3333-4333-8333-333333333333', secret: 'only-for-tests' }
const world = worldSchema.parse({
  subscriptions: [
    {
      name: 'Lanyard',
      id: defaultSubscriptionId,
      resourceGroups: [
        {
          name: 'lanyard',
          userAssignedIdentities: [{ name: 'app' }],
          virtualMachines: [{ name: 'web-1', userAssignedIdentities: ['app'] }, { name: 'web-2' }],
        },
      ],
    },
  ],
  applications: [orders, { name: 'auditor', clientId: '44444444-4444-4444-8444-444444444444', secret: 'only-for-tests' }],
  roleAssignments: [{ role: 'Reader', principal: { application: 'auditor' }, scope: '/' }],
})

const time = { now: Date.UTC(2026, 0, 10, 12) }
let platform: TestPlatform
let auditor: string
before(async () => {
  platform = await startTestPlatform(world, { clock: () => time.now })
  auditor = (await applicationToken('44444444-4444-4444-8444-444444444444')).json<{ access_token: string }>().access_token
})
after(() => platform.close())

const applicationToken = (clientId: string, secret = 'only-for-tests', resource = graph): Promise<Answer> =>
  callPlatform(platform, 'POST', `/${platform.platform.tenantId}/oauth2/token`, {
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: secret,
      resource,
    }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })

const call = (path: string, token: string) => callPlatform(platform, 'GET', path, { token })

async function list(query: Readonly<Record<string, string>> = {}, token = auditor, version = 'beta'): Promise<SignInItem[]> {
  const answer = await call(`/${version}/auditLogs/signIns?${new URLSearchParams(query)}`, token)
  assert.equal(answer.status, 200, answer.text)
  return signIns.parse(answer.json<{ value: unknown }>().value)
}

const askMachine = (query: string) =>
  fetch(`${platform.metadataUrl}/metadata/identity/oauth2/token?api-version=2018-02-01&${query}`, {
    headers: { Metadata: 'true' },
  })

describe('the sign-in logs', () => {
  test('a machine that asks again and again is one row, with the claims of its token and how often it asked', async () => {
    time.now += 120_000
    const first = time.now
    const token = await machineToken(platform, 'https://vault.azure.net')
    for (let n = 0; n < 9; n += 1) await machineToken(platform, 'https://vault.azure.net')
    time.now += 5_000
    await machineToken(platform, 'https://vault.azure.net')
    const found = await list({ $filter: "resourceId eq 'https://vault.azure.net'" })
    assert.equal(found.length, 1)
    const [row] = found
    assert.deepEqual(
      [row?.servicePrincipalName, row?.resourceDisplayName, row?.signInEventTypes, row?.status.errorCode],
      ['web-1', 'Azure Key Vault', ['managedIdentity'], 0],
    )
    assert.deepEqual(
      [row?.managedServiceIdentity?.msiType, row?.managedServiceIdentity?.associatedResourceId],
      ['systemAssigned', machineId],
    )
    assert.equal(row?.createdDateTime, new Date(first).toISOString())
    assert.deepEqual([row?.lanyard.count, row?.lanyard.lastDateTime], [11, new Date(time.now).toISOString()])
    assert.deepEqual(row?.lanyard.claims, decodeJwt(token))
    assert.equal(row?.uniqueTokenIdentifier, decodeJwt(token)['uti'])
  })

  test('after a minute there is another row', async () => {
    time.now += 61_000
    await machineToken(platform, 'https://vault.azure.net')
    const counts = (await list({ $filter: "resourceId eq 'https://vault.azure.net'" })).map(({ lanyard }) => lanyard.count)
    assert.deepEqual(counts, [1, 11])
  })

  test('what was refused is there with its code, whoever refused it', async () => {
    time.now += 60_000
    const since = new Date(time.now).toISOString()
    const refused = await askMachine(`resource=https://management.azure.com/&client_id=${randomUUID()}`)
    await askMachine('resource=https://nothing.example')
    await applicationToken(orders.clientId, 'wrong')
    await applicationToken(randomUUID())
    const failed = await list({ $filter: `status/errorCode ne 0 and createdDateTime ge ${since}` })
    assert.deepEqual(
      failed
        .map(({ status, servicePrincipalName, signInEventTypes }) => [
          status.errorCode,
          servicePrincipalName,
          signInEventTypes[0],
        ])
        .toSorted(([one], [other]) => Number(one) - Number(other)),
      [
        [500011, null, 'managedIdentity'],
        [700016, null, 'servicePrincipal'],
        [900144, null, 'managedIdentity'],
        [7000215, 'orders', 'servicePrincipal'],
      ],
    )
    assert.equal(
      failed.find(({ id }) => id === refused.headers.get('x-ms-request-id'))?.status.failureReason,
      'Identity not found',
    )
  })

  test('a row can be shown by its id, in both versions', async () => {
    const [row] = await list({ $top: '1' })
    for (const version of ['v1.0', 'beta']) {
      const answer = await call(`/${version}/auditLogs/signIns/${row?.id ?? ''}`, auditor)
      const { '@odata.context': context, ...shown } = answer.json()
      assert.match(String(context), /auditLogs\/signIns\/\$entity$/)
      assert.deepEqual(shown, row)
    }
    assert.equal((await call(`/beta/auditLogs/signIns/${randomUUID()}`, auditor)).status, 404)
  })

  test('filters are those of Graph', async () => {
    time.now += 60_000
    const from = new Date(time.now).toISOString()
    await machineToken(platform, 'https://database.windows.net/')
    await applicationToken(orders.clientId, orders.secret, 'https://database.windows.net/')
    const to = new Date((time.now += 1000)).toISOString()
    const within = `createdDateTime ge ${from} and createdDateTime le ${to}`
    const names = async (condition: string) =>
      (await list({ $filter: `${within} and ${condition}` }))
        .map(({ servicePrincipalName }) => servicePrincipalName)
        .toSorted((a, b) => String(a).localeCompare(String(b)))
    const [machine] = await list({ $filter: `${within} and servicePrincipalName eq 'WEB-1'` })
    assert.deepEqual(await names("signInEventTypes/any(t: t eq 'managedIdentity')"), ['web-1'])
    assert.deepEqual(
      await names("(signInEventTypes/any(t: t eq 'managedIdentity') or appId eq '33333333-3333-4333-8333-333333333333')"),
      ['orders', 'web-1'],
    )
    assert.deepEqual(await names(`servicePrincipalId eq '${machine?.servicePrincipalId ?? ''}'`), ['web-1'])
    assert.deepEqual(await names("startswith(servicePrincipalName,'ord')"), ['orders'])
    assert.deepEqual(await names("managedServiceIdentity/msiType eq 'systemAssigned'"), ['web-1'])
    assert.deepEqual(await names('status/errorCode eq 0 and isInteractive eq false'), ['orders', 'web-1'])
    assert.deepEqual(await list({ $filter: `createdDateTime gt ${to}` }), [])
  })

  test('filters and options that are not understood are refused', async () => {
    for (const filter of [
      'color eq 1',
      'status/errorCode eq x',
      'appId',
      "appId gt 'a'",
      "not appId eq 'a'",
      'createdDateTime ge yesterday',
      `${'('.repeat(50)}appId eq 'a'`,
    ]) {
      const answer = await call(`/beta/auditLogs/signIns?$filter=${encodeURIComponent(filter)}`, auditor)
      assert.equal(answer.status, 400, filter)
    }
    for (const query of ['$orderby=appId', '$select=id', '$top=0', '$skiptoken=nonsense']) {
      assert.equal((await call(`/beta/auditLogs/signIns?${query}`, auditor)).status, 400, query)
    }
  })

  test('pages follow each other to the last', async () => {
    const all = await list()
    const seen: SignInItem[] = []
    let next: string | undefined = '/beta/auditLogs/signIns?$top=2'
    while (next !== undefined) {
      const page: { value: SignInItem[]; '@odata.nextLink'?: string } = (await call(next, auditor)).json()
      seen.push(...page.value)
      next = page['@odata.nextLink']?.replace(platform.url, '')
    }
    assert.deepEqual(
      seen.map(({ id }) => id),
      all.map(({ id }) => id),
    )
  })

  test('who may not read all sees its own, and nothing of others', async () => {
    const token = (await applicationToken(orders.clientId)).json<{ access_token: string }>().access_token
    const names = new Set((await list({}, token)).map(({ servicePrincipalName }) => servicePrincipalName))
    assert.deepEqual([...names], ['orders'])
    const [machine] = await list({ $filter: "servicePrincipalName eq 'web-1'" })
    assert.equal((await call(`/beta/auditLogs/signIns/${machine?.id ?? ''}`, token)).status, 404)
    assert.equal((await callPlatform(platform, 'GET', '/beta/auditLogs/signIns')).status, 401)
  })

  test('a storm of new tokens is counted, and does not fill the log', async () => {
    time.now += 120_000
    const since = new Date(time.now).toISOString()
    for (let n = 0; n < 70; n += 1) await applicationToken(orders.clientId, orders.secret, 'https://storage.azure.com/')
    const rows = await list({ $filter: `createdDateTime ge ${since} and resourceId eq 'https://storage.azure.com/'` })
    assert.equal(rows.length, 51)
    assert.equal(
      rows.reduce((sum, { lanyard }) => sum + lanyard.count, 0),
      70,
    )
    assert.equal(rows.filter(({ lanyard }) => lanyard.claims === null).length, 1)
  })
})
