import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { activityEvents, type ActivityEventItem } from '../../../src/contracts/activity-event.ts'
import { defaultSubscriptionId } from '../../../src/world/default-world.ts'
import { administratorToken, callManager, errorOf, openManager, type Manager } from '../../support/manager-client.ts'
import { groupId, machineId } from '../../support/start-test-platform.ts'

const time = { now: Date.UTC(2026, 0, 10, 12) }
const logPath = `/subscriptions/${defaultSubscriptionId}/providers/microsoft.insights/eventtypes/management/values`
const storage = `${groupId}/providers/Microsoft.Storage/storageAccounts/data`

let manager: Manager
before(async () => {
  manager = await openManager({ role: 'Contributor', clock: () => time.now })
})
after(() => manager.platform.close())

async function read(filter?: string, more: Readonly<Record<string, string>> = {}): Promise<ActivityEventItem[]> {
  const query = new URLSearchParams({ 'api-version': '2015-04-01', ...(filter !== undefined && { $filter: filter }), ...more })
  const answer = await manager.call('GET', `${logPath}?${query}`)
  assert.equal(answer.status, 200, answer.text)
  return activityEvents.parse(answer.json<{ value: unknown }>().value)
}

const told = ({ operationName, status, subStatus, resourceId }: ActivityEventItem) => [
  operationName.value,
  status.value,
  subStatus?.value,
  resourceId,
]

const byName = ([one = '']: readonly unknown[], [other = '']: readonly unknown[]) => String(one).localeCompare(String(other))

describe('the activity log', () => {
  test('tells of what was written and of what was refused, and not of what was read', async () => {
    const correlationId = 'f7a7ea2a-4a3b-4a53-9a77-1c9de2a0b6d1'
    time.now += 60_000
    const since = new Date(time.now).toISOString()
    const put = await manager.call(
      'PUT',
      storage,
      { location: 'westeurope', properties: {} },
      { 'x-ms-correlation-request-id': correlationId, 'x-ms-client-request-id': 'mine' },
    )
    assert.equal(put.status, 201)
    await manager.call('GET', storage)
    const denied = await manager.call(
      'PUT',
      `${storage}/providers/Microsoft.Authorization/roleAssignments/11111111-2222-4333-8444-555555555555`,
      {},
    )
    assert.equal(denied.status, 403)
    await manager.call('DELETE', storage)
    const events = await read(`eventTimestamp ge '${since}'`)
    assert.deepEqual(events.map(told).toSorted(byName), [
      ['Microsoft.Authorization/roleAssignments/write', 'Failed', 'Forbidden', storage],
      ['Microsoft.Storage/storageAccounts/delete', 'Succeeded', 'OK', storage],
      ['Microsoft.Storage/storageAccounts/write', 'Succeeded', 'Created', storage],
    ])
    const [made] = await read(`eventTimestamp ge '${since}' and correlationId eq '${correlationId}'`)
    const claims = made?.['claims'] as Record<string, string>
    assert.equal(made?.caller, claims['oid'])
    assert.deepEqual(made?.['httpRequest'], {
      clientRequestId: 'mine',
      clientIpAddress: '127.0.0.1',
      method: 'PUT',
      uri: `${manager.platform.url}${storage}`,
    })
    assert.equal(made?.eventTimestamp, since)
    assert.equal(made?.properties?.['serviceRequestId'], put.headers['x-ms-request-id'])
    const [failed] = await read(`eventTimestamp ge '${since}' and status eq 'Failed'`)
    assert.equal(
      (JSON.parse(failed?.properties?.['statusMessage'] ?? '') as { error: { code: string } }).error.code,
      'AuthorizationFailed',
    )
    assert.equal(failed?.['level'], 'Error')
    assert.doesNotMatch(JSON.stringify(events), new RegExp(manager.token.split('.')[2] ?? 'no token'))
  })

  test('takes the filters that az, PowerShell and the portal send', async () => {
    time.now += 60_000
    // As az writes it: without quotes, without a zone, with microseconds.
    const from = new Date(time.now).toISOString().replace('Z', '000')
    await manager.call('PUT', storage, { location: 'westeurope', properties: {} })
    const to = new Date((time.now += 1000)).toISOString().replace('Z', '000')
    const within = `eventTimestamp ge ${from} and eventTimestamp le ${to}`
    const [event] = await read(within)
    const kept = [
      "resourceGroupName eq 'LANYARD'",
      `resourceId eq '${storage.toUpperCase()}'`,
      `resourceUri eq '${groupId}'`,
      "resourceProvider eq 'Microsoft.Storage'",
      `caller eq '${event?.caller ?? ''}'`,
      "status eq 'Succeeded'",
      "eventChannels eq 'Admin, Operation'",
      "levels eq 'Critical,Error,Warning,Informational'",
    ]
    for (const condition of kept) assert.equal((await read(`${within} and ${condition}`)).length, 1, condition)
    const left = [
      "resourceGroupName eq 'lanyard2'",
      `resourceId eq '${machineId}'`,
      "resourceProvider eq 'Microsoft.Compute'",
      "caller eq 'somebody@example.com'",
      "status eq 'Failed'",
      "levels eq 'Error'",
    ]
    for (const condition of left) assert.equal((await read(`${within} and ${condition}`)).length, 0, condition)
    assert.deepEqual(Object.keys((await read(within, { $select: 'eventTimestamp , caller,OPERATIONNAME,status' }))[0] ?? {}), [
      'eventTimestamp',
      'caller',
      'operationName',
      'status',
    ])
  })

  test('refuses filters that it cannot read', async () => {
    const filters = [
      'nonsense',
      "color eq 'red'",
      "status ne 'Failed'",
      'eventTimestamp ge yesterday',
      "eventTimestamp eq '2026-01-01'",
      "status eq 'a' or status eq 'b'",
      "__proto__ eq 'x'",
      "status eq 'unclosed",
    ]
    for (const filter of filters) {
      const answer = await manager.call('GET', `${logPath}?api-version=2015-04-01&$filter=${encodeURIComponent(filter)}`)
      const [status, code, message] = errorOf(answer)
      assert.deepEqual([status, code], [400, 'BadRequest'], filter)
      assert.match(message, /\$filter/)
    }
    for (const query of ['$select=colour', '$skipToken=nonsense']) {
      assert.equal((await manager.call('GET', `${logPath}?api-version=2015-04-01&${query}`)).status, 400, query)
    }
  })

  test('comes in pages of two hundred, newest first, to the last', async () => {
    time.now += 60_000
    const from = new Date(time.now).toISOString()
    for (let n = 0; n < 205; n += 1) {
      time.now += 10
      await manager.call('PATCH', storage, { tags: { n: String(n) } })
    }
    const seen: ActivityEventItem[] = []
    let next: string | undefined =
      `${logPath}?api-version=2015-04-01&$filter=${encodeURIComponent(`eventTimestamp ge '${from}'`)}`
    const sizes: number[] = []
    while (next !== undefined) {
      const page: { value: ActivityEventItem[]; nextLink?: string } = (await manager.call('GET', next)).json()
      sizes.push(page.value.length)
      seen.push(...page.value)
      next = page.nextLink?.replace(manager.platform.url, '')
    }
    assert.deepEqual(sizes, [200, 5])
    const times = seen.map(({ eventTimestamp }) => eventTimestamp)
    assert.deepEqual(times, times.toSorted().toReversed())
    assert.equal(new Set(seen.map((event) => event['eventDataId'])).size, 205)
  })

  test('shows what was written in no subscription to who may read there', async () => {
    const token = await administratorToken(manager.platform)
    const name = '22222222-2222-4333-8444-555555555555'
    const principalId = (await read())[0]?.caller ?? ''
    const body = {
      properties: {
        roleDefinitionId: '/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7',
        principalId,
      },
    }
    const path = `/providers/Microsoft.Authorization/roleAssignments/${name}`
    assert.equal((await callManager(manager.platform, token, 'PUT', path, body)).status, 201)
    assert.equal((await callManager(manager.platform, token, 'DELETE', path)).status, 200)
    const tenantPath = '/providers/Microsoft.Insights/eventtypes/management/values?api-version=2015-04-01'
    const list = async (as: string) =>
      activityEvents.parse((await callManager(manager.platform, as, 'GET', tenantPath)).json<{ value: unknown }>().value)
    assert.deepEqual(
      (await list(token))
        .map(({ operationName }) => operationName.value)
        .slice(0, 2)
        .toSorted(),
      ['Microsoft.Authorization/roleAssignments/delete', 'Microsoft.Authorization/roleAssignments/write'],
    )
    assert.deepEqual(await list(manager.token), [])
  })
})
