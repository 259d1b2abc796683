import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { defaultSubscriptionId } from '../../../src/world/default-world.ts'
import { errorOf, openManager, type Manager } from '../../support/manager-client.ts'
import { groupId, machineId } from '../../support/start-test-platform.ts'

// The shape of Azure REST, Microsoft.ManagedIdentity 2022-01-31-preview: no client of a later version has the operation.
const identity = `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/app`
const query = 'api-version=2022-01-31-preview'

interface Listed {
  readonly totalCount: number
  readonly value: readonly { readonly id: string; readonly name: string }[]
  readonly nextLink?: string
}

let manager: Manager
before(async () => {
  manager = await openManager()
  assert.equal((await manager.call('PUT', identity, { location: 'westeurope' })).status, 201)
  const block = { type: 'UserAssigned', userAssignedIdentities: { [identity.toUpperCase()]: {} } }
  const both = { ...block, type: 'SystemAssigned, UserAssigned' }
  assert.equal((await manager.call('PATCH', machineId, { identity: both })).status, 200)
  for (const name of ['site-1', 'site-2']) {
    const site = `${groupId}/providers/Microsoft.Web/sites/${name}`
    const put = await manager.call('PUT', site, { location: 'westeurope', identity: block, properties: {} })
    assert.ok(put.status < 300, put.text)
  }
})
after(() => manager.platform.close())

async function list(more = ''): Promise<Listed> {
  const answer = await manager.call('POST', `${identity}/listAssociatedResources?${query}${more}`)
  assert.equal(answer.status, 200, answer.text)
  return answer.json<Listed>()
}

const names = ({ value }: Listed) => value.map(({ name }) => name)

describe('the resources of an identity', () => {
  test('those that it is assigned to are listed, with their subscription', async () => {
    const listed = await list()
    assert.equal(listed.totalCount, 3)
    assert.deepEqual(listed.value[0], {
      id: machineId,
      name: 'web-1',
      type: 'microsoft.compute/virtualmachines',
      resourceGroup: 'lanyard',
      subscriptionId: defaultSubscriptionId,
      subscriptionDisplayName: 'Lanyard',
    })
    assert.deepEqual(names(listed), ['web-1', 'site-1', 'site-2'])
  })

  test('a filter, an order and pages are kept to', async () => {
    const filter = encodeURIComponent("type eq 'Microsoft.Web/sites' and contains(name, 'ITE-2')")
    assert.deepEqual(names(await list(`&$filter=${filter}`)), ['site-2'])
    assert.deepEqual(names(await list('&$orderby=name%20desc&$skip=1')), ['site-2', 'site-1'])
    const first = await list('&$orderby=name%20asc&$top=2')
    assert.deepEqual([first.totalCount, names(first)], [3, ['site-1', 'site-2']])
    const next = new URL(first.nextLink ?? '')
    const rest = await manager.call('POST', `${next.pathname}${next.search}`)
    assert.deepEqual(names(rest.json<Listed>()), ['web-1'])
    assert.equal(rest.json<Listed>().nextLink, undefined)
  })

  test('what is no option of it, and an identity that is not there, are refused', async () => {
    const call = async (path: string) => errorOf(await manager.call('POST', path)).slice(0, 2)
    const path = `${identity}/listAssociatedResources?${query}`
    assert.deepEqual(await call(`${path}&$orderby=color`), [400, 'BadRequest'])
    assert.deepEqual(await call(`${path}&$top=many`), [400, 'BadRequest'])
    assert.deepEqual(await call(`${path}&$skiptoken=x`), [400, 'InvalidSkipToken'])
    assert.deepEqual(await call(`${path}&$filter=color%20eq%20%271%27`), [400, 'InvalidFilterInQueryString'])
    assert.deepEqual(await call(`${identity}2/listAssociatedResources?${query}`), [404, 'ResourceNotFound'])
  })
})
