import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { latestChanges, requestExplanation, type RequestExplanation } from '../../../src/contracts/request-explanation.ts'
import { defaultSubscriptionId } from '../../../src/world/default-world.ts'
import { callPlatform, machineToken, type Answer } from '../../support/call-platform.ts'
import { administratorToken, callManager, openManager, type Manager } from '../../support/manager-client.ts'
import { groupId, machineId } from '../../support/start-test-platform.ts'

const diagnostics = '/providers/Lanyard.Diagnostics'
const apiVersion = 'api-version=2026-11-01'

let manager: Manager
let administrator: string
before(async () => {
  manager = await openManager({ role: 'Reader', scope: machineId })
  administrator = await administratorToken(manager.platform)
})
after(() => manager.platform.close())

const ask = async (id: string, token = manager.token): Promise<Answer> =>
  callManager(manager.platform, token, 'GET', `${diagnostics}/requests/${id}?${apiVersion}`)

async function why(id: unknown, token?: string): Promise<RequestExplanation['properties']> {
  const answer = await ask(String(id), token)
  assert.equal(answer.status, 200, answer.text)
  return requestExplanation.parse(answer.json()).properties
}

describe('why a request was refused', () => {
  test('403: the caller, the action, each assignment, and the smallest grant', async () => {
    const denied = await manager.call('PATCH', machineId, { tags: {} })
    assert.equal(denied.status, 403)
    const { caller, action, scope, assignments, smallestGrant, ...rest } = await why(denied.headers['x-ms-request-id'])
    assert.deepEqual(
      [rest.endpoint, rest.method, rest.path, rest.status, rest.code],
      ['resource-manager', 'PATCH', machineId, 403, 'AuthorizationFailed'],
    )
    assert.equal(caller?.name, 'web-1')
    assert.deepEqual([action, scope], ['Microsoft.Compute/virtualMachines/write', machineId])
    assert.deepEqual(
      assignments?.map(({ roleName, outcome, scope: at }) => [roleName, outcome, at]),
      [['Reader', 'lacksAction', machineId]],
    )
    assert.deepEqual([smallestGrant?.roleName, smallestGrant?.scope], ['Virtual Machine Contributor', machineId])
    assert.equal(
      smallestGrant?.command,
      `az role assignment create --assignee-object-id ${caller?.objectId ?? ''} --assignee-principal-type ServicePrincipal --role "Virtual Machine Contributor" --scope ${machineId}`,
    )
  })

  test('the grant that it names is enough', async () => {
    const wanted = `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/made`
    const denied = await manager.call('PUT', wanted, { location: 'westeurope' })
    const { caller, smallestGrant, assignments } = await why(denied.headers['x-ms-request-id'])
    assert.equal(assignments?.[0]?.outcome, 'elsewhere')
    const role = await callManager(
      manager.platform,
      administrator,
      'GET',
      `${groupId}/providers/Microsoft.Authorization/roleDefinitions?api-version=2022-04-01&$filter=${encodeURIComponent(`roleName eq '${smallestGrant?.roleName ?? ''}'`)}`,
    )
    const [definition] = role.json<{ value: { id: string }[] }>().value
    const given = await callManager(
      manager.platform,
      administrator,
      'PUT',
      `${smallestGrant?.scope ?? ''}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`,
      { properties: { roleDefinitionId: definition?.id, principalId: caller?.objectId } },
    )
    assert.equal(given.status, 201, given.text)
    assert.equal((await manager.call('PUT', wanted, { location: 'westeurope' })).status, 201)
  })

  test('403 for what a request links to: the grant is there', async () => {
    const identity = `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/linked`
    await callManager(manager.platform, administrator, 'PUT', identity, { location: 'westeurope' })
    const { caller } = await why((await manager.call('PATCH', machineId, { tags: {} })).headers['x-ms-request-id'])
    const assignment = `${machineId}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`
    await callManager(manager.platform, administrator, 'PUT', assignment, {
      properties: {
        roleDefinitionId: '/providers/Microsoft.Authorization/roleDefinitions/9980e02c-c2be-4d73-94e8-173b1dc7cf3c',
        principalId: caller?.objectId,
      },
    })
    const denied = await manager.call('PATCH', machineId, {
      identity: { type: 'SystemAssigned, UserAssigned', userAssignedIdentities: { [identity]: {} } },
    })
    await callManager(manager.platform, administrator, 'DELETE', assignment)
    const found = await why(denied.headers['x-ms-request-id'])
    assert.equal(found.code, 'LinkedAuthorizationFailed')
    assert.deepEqual([found.action, found.scope], ['Microsoft.ManagedIdentity/userAssignedIdentities/assign/action', identity])
    assert.deepEqual([found.smallestGrant?.roleName, found.smallestGrant?.scope], ['Managed Identity Operator', identity])
  })

  test('the facts are those of the moment, whatever was changed since', async () => {
    const denied = await manager.call('DELETE', machineId)
    const id = denied.headers['x-ms-request-id']
    const before = await why(id)
    await callManager(
      manager.platform,
      administrator,
      'PUT',
      `${groupId}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`,
      {
        properties: {
          roleDefinitionId: '/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7',
          principalId: before.caller?.objectId,
        },
      },
    )
    assert.deepEqual(await why(id), before)
  })

  test('401: which of the reasons, to who may read the log there', async () => {
    const reasonOf = async (header: string | undefined) => {
      const answer = await callPlatform(manager.platform, 'GET', `${groupId}?api-version=2024-11-01`, {
        headers: header === undefined ? {} : { authorization: header },
      })
      assert.equal(answer.status, 401)
      return (await why(answer.headers['x-ms-request-id'], administrator)).cause
    }
    const [head = '', payload = ''] = manager.token.split('.')
    assert.equal(await reasonOf(undefined), 'The request carried no token.')
    assert.match(await reasonOf('Basic abc'), /not of the form Bearer/)
    assert.match(await reasonOf('Bearer abc'), /no access token/)
    assert.match(await reasonOf(`Bearer ${head}.${payload}.${'A'.repeat(342)}`), /No key of this installation/)
    assert.match(await reasonOf(`Bearer ${await machineToken(manager.platform, 'https://vault.azure.net')}`), /another resource/)
  })

  test('400 of the metadata endpoint: the identity that was asked for, those that there were, and what to do', async () => {
    const target = '/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://management.azure.com/'
    const refused = await fetch(`${manager.platform.metadataUrl}${target}&client_id=${randomUUID()}`, {
      headers: { Metadata: 'true' },
    })
    assert.equal(refused.status, 400)
    const found = await why(refused.headers.get('x-ms-request-id'))
    assert.deepEqual([found.endpoint, found.code, found.message], ['metadata', 'invalid_request', 'Identity not found'])
    assert.match(found.selector ?? '', /^client_id=/)
    assert.equal(found.machine?.id, machineId)
    assert.deepEqual(
      found.machine?.identities.map(({ kind }) => kind),
      ['systemAssigned'],
    )
    assert.deepEqual(found.commands, ['az vm identity assign -g lanyard -n web-1 --identities IDENTITY'])
    const headerless = await fetch(`${manager.platform.metadataUrl}${target}`)
    assert.equal((await why(headerless.headers.get('x-ms-request-id'))).cause, 'The header Metadata: true is missing.')
    const granted = await fetch(`${manager.platform.metadataUrl}${target}`, { headers: { Metadata: 'true' } })
    assert.equal(granted.headers.get('x-ms-request-id'), null)
  })

  test('a correlation id finds it as well', async () => {
    const correlationId = randomUUID()
    const denied = await manager.call('DELETE', machineId, undefined, { 'x-ms-correlation-request-id': correlationId })
    assert.notEqual(denied.headers['x-ms-request-id'], correlationId)
    assert.equal((await why(correlationId)).path, machineId)
    assert.deepEqual(await why(correlationId.toUpperCase()), await why(denied.headers['x-ms-request-id']))
  })

  test('what belongs to others is answered like what does not exist', async () => {
    const others = await callManager(
      manager.platform,
      administrator,
      'DELETE',
      `/subscriptions/${defaultSubscriptionId}/resourceGroups/none`,
    )
    assert.equal(others.status, 404)
    const id = String(others.headers['x-ms-request-id'])
    assert.equal((await why(id, administrator)).status, 404)
    const [hidden, missing] = [await ask(id), await ask(randomUUID())]
    const worded = (answer: Answer) => [answer.status, answer.text.replace(/'[\w-]{36}'/, 'ID')]
    assert.deepEqual(worded(hidden), worded(missing))
    assert.equal(hidden.status, 404)
  })

  test('every refusal of every endpoint has an id that is found', async () => {
    const { tenantId } = manager.platform.platform
    const paths = [
      '/subscriptions/%zz?api-version=2024-11-01',
      '/subscriptions?api-version=1',
      '/providers/nothing',
      `/${tenantId}/oauth2/v2.0/token`,
      `/${tenantId}/%zz`,
      '/nothing/here',
      '/v1.0/me',
      '/v1.0/%zz',
    ]
    for (const path of paths) {
      const { status, headers } = await callPlatform(manager.platform, 'GET', path, { token: manager.token })
      assert.ok(status >= 400, path)
      assert.equal((await why(headers['x-ms-request-id'] ?? headers['request-id'], administrator)).status, status, path)
    }
    for (const path of [
      '/metadata/none',
      '/metadata/instance',
      '/metadata/identity/oauth2/token',
      '/metadata/identity/oauth2/token?%zz',
    ]) {
      const answer = await fetch(manager.platform.metadataUrl + path)
      assert.equal((await why(answer.headers.get('x-ms-request-id'), administrator)).status, answer.status, path)
    }
  })

  test('an id that is none is refused, however long it is', async () => {
    assert.equal((await ask('nonsense')).status, 404)
    assert.equal((await ask('%00')).status, 400)
    assert.equal((await ask("'%20or%201=1")).status, 404)
    assert.equal((await ask('a'.repeat(5000))).status, 400)
    assert.ok([431, 414].includes((await ask('a'.repeat(1_000_000)).catch(() => ({ status: 431 }))).status))
  })

  test('two counters tell that something has changed', async () => {
    const counters = async () =>
      latestChanges.parse(
        (await callManager(manager.platform, administrator, 'GET', `${diagnostics}/changes/latest?${apiVersion}`)).json(),
      ).properties
    const first = await counters()
    assert.deepEqual(await counters(), first)
    await manager.call('DELETE', machineId)
    const second = await counters()
    assert.equal(second.revision, first.revision)
    assert.ok(second.logs > first.logs)
    await callManager(manager.platform, administrator, 'PATCH', machineId, { tags: { a: 'b' } })
    const third = await counters()
    assert.ok(third.revision > second.revision && third.logs > second.logs)
  })
})
