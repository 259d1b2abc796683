import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { decodeJwt } from 'jose'
import { defaultSubscriptionId } from '../../../src/world/default-world.ts'
import { administratorToken, callManager, errorOf, openManager, type Manager } from '../../support/manager-client.ts'
import { groupId, machineId } from '../../support/start-test-platform.ts'

const subscription = `/subscriptions/${defaultSubscriptionId}`
const vm = (name: string) => `${groupId}/providers/Microsoft.Compute/virtualMachines/${name}`
const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

let manager: Manager
before(async () => {
  manager = await openManager()
})
after(() => manager.platform.close())

interface Shown {
  readonly id: string
  readonly name: string
  readonly tags?: Readonly<Record<string, string>>
  readonly identity?: { readonly type: string; readonly principalId?: string }
  readonly properties: Readonly<Record<string, unknown>>
}

describe('PUT and PATCH of a resource', () => {
  test('201, then 200 in another casing: one resource, in the casing that it was created with', async () => {
    const path = `${subscription.toUpperCase()}/resourcegroups/LANYARD/providers/microsoft.compute/VirtualMachines/Casing`
    const created = await manager.call('PUT', path, { location: 'West Europe' })
    assert.equal(created.status, 201, created.text)
    // The group and the subscription are written as they are kept, a known type as Azure writes it, whatever the request's casing.
    assert.equal(created.json<Shown>().id, vm('Casing'))
    const updated = await manager.call('PUT', vm('CASING'), { location: 'westeurope' })
    assert.deepEqual([updated.status, updated.json<Shown>().id, updated.json<Shown>().name], [200, vm('Casing'), 'Casing'])
    const extension = await manager.call('PUT', `${vm('cASING')}/extensions/agent`, {
      location: 'westeurope',
      properties: { publisher: 'Microsoft.Azure.Extensions', type: 'CustomScript', typeHandlerVersion: '2.1' },
    })
    assert.equal(extension.json<Shown>().id, `${vm('Casing')}/extensions/agent`)
  })

  test('a PUT without the identity block keeps the identity, null and None take it off', async () => {
    const put = async (body: object) =>
      (await manager.call('PUT', vm('keeps'), { location: 'westeurope', ...body })).json<Shown>()
    const { identity } = await put({ identity: { type: 'SystemAssigned' } })
    assert.match(String(identity?.principalId), guid)
    assert.deepEqual((await put({ tags: { a: '1' } })).identity, identity)
    assert.equal((await put({ identity: null })).identity, undefined)
    await put({ identity: { type: 'systemassigned' } })
    assert.equal((await put({ identity: { type: 'None' } })).identity, undefined)
  })

  test('two changes at once lose nothing', async () => {
    await manager.call('PUT', vm('busy'), { location: 'westeurope' })
    const names = Array.from({ length: 12 }, (_, index) => `t${String(index).padStart(2, '0')}`)
    const answers = await Promise.all(names.map((name) => manager.call('PATCH', vm('busy'), { tags: { [name]: name } })))
    for (const answer of answers) assert.equal(answer.status, 200, answer.text)
    const { tags } = (await manager.call('GET', vm('busy'))).json<Shown>()
    assert.deepEqual(Object.keys(tags ?? {}).toSorted(), names)
  })

  test('two creations at once make one identity', async () => {
    const body = { location: 'westeurope', identity: { type: 'SystemAssigned' } }
    const answers = await Promise.all(Array.from({ length: 4 }, () => manager.call('PUT', vm('race'), body)))
    assert.equal(answers.filter(({ status }) => status === 201).length, 1)
    assert.equal(new Set(answers.map((answer) => answer.json<Shown>().identity?.principalId)).size, 1)
  })

  test('location: required, and immutable', async () => {
    const required = [400, 'LocationRequired', 'The location property is required for this definition.']
    assert.deepEqual(errorOf(await manager.call('PUT', vm('nowhere'), {})), required)
    assert.deepEqual(errorOf(await manager.call('PUT', vm('nowhere'), { location: ' ' })), required)
    assert.deepEqual(errorOf(await manager.call('PUT', vm('nowhere'))), required)
    assert.deepEqual(errorOf(await manager.call('PUT', `${subscription}/resourceGroups/nowhere`, {})), required)
    await manager.call('PUT', vm('here'), { location: 'westeurope' })
    for (const method of ['PUT', 'PATCH']) {
      assert.deepEqual(errorOf(await manager.call(method, vm('here'), { location: 'East US' })), [
        409,
        'InvalidResourceLocation',
        "The resource 'here' already exists in location 'westeurope' in resource group 'lanyard'. A resource with the same name cannot be created in location 'eastus'. Please select a new resource name.",
      ])
    }
    const moved = await manager.call('PUT', groupId, { location: 'eastus' })
    assert.deepEqual(errorOf(moved).slice(0, 2), [409, 'InvalidResourceGroupLocation'])
  })

  test('names that a machine and a group cannot have', async () => {
    for (const name of ['_x', '-x', 'x-', 'x.', 'a b', 'x'.repeat(81)]) {
      const [status, code, message] = errorOf(await manager.call('PUT', vm(encodeURIComponent(name)), { location: 'westeurope' }))
      assert.deepEqual([status, code], [400, 'InvalidParameter'], name)
      assert.equal(
        message,
        String.raw`The entity name '${name}' is invalid according to its validation rule: ^[^_\W][\w-._]{0,79}(?<![-.])$.`,
      )
    }
    for (const name of ['x.', 'a%20b', 'x'.repeat(91)]) {
      const answer = await manager.call('PUT', `${subscription}/resourceGroups/${name}`, { location: 'westeurope' })
      assert.deepEqual(errorOf(answer).slice(0, 2), [400, 'InvalidResourceGroup'], name)
    }
    const identity = `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${encodeURIComponent('a b')}`
    assert.equal((await manager.call('PUT', identity, { location: 'westeurope' })).status, 400)
  })

  test('what has to exist first', async () => {
    const put = async (path: string) => errorOf(await manager.call('PUT', path, { location: 'westeurope' }))
    assert.deepEqual(await put(vm('x').replace('lanyard', 'none')), [
      404,
      'ResourceGroupNotFound',
      "Resource group 'none' could not be found.",
    ])
    assert.deepEqual(await put(`${vm('none')}/extensions/x`), [
      404,
      'ParentResourceNotFound',
      `Failed to perform 'write' on resource(s) of type 'virtualMachines/extensions', because the parent resource '${vm('none')}' could not be found.`,
    ])
    assert.deepEqual(errorOf(await manager.call('PATCH', vm('none'), {})), [
      404,
      'ResourceNotFound',
      "The Resource 'Microsoft.Compute/virtualMachines/none' under resource group 'lanyard' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix",
    ])
    assert.deepEqual(errorOf(await manager.call('DELETE', vm('x').replace('lanyard', 'none'))).slice(0, 2), [
      404,
      'ResourceGroupNotFound',
    ])
  })

  test('types: any that a provider could have; none that would have no effect here', async () => {
    const put = async (type: string) => manager.call('PUT', `${groupId}/providers/${type}`, { location: 'westeurope' })
    assert.equal((await put('Contoso.Things/widgets/w1')).status, 201)
    assert.deepEqual(errorOf(await put('Nonsense/widgets/w1')), [
      404,
      'InvalidResourceNamespace',
      "The resource namespace 'Nonsense' is invalid.",
    ])
    for (const type of [
      'Microsoft.Resources/deployments/d1',
      'Microsoft.Authorization/locks/l1',
      'microsoft.authorization/policyAssignments/p1',
    ]) {
      assert.deepEqual(errorOf(await put(type)).slice(0, 2), [400, 'UnsupportedOperation'], type)
    }
    const unknown = await manager.call('GET', `${subscription}/providers/Microsoft.Nope`)
    assert.deepEqual(errorOf(unknown), [404, 'InvalidResourceNamespace', "The resource namespace 'Microsoft.Nope' is invalid."])
    const known = await manager.call('GET', `${subscription}/providers/microsoft.compute`)
    assert.equal(known.json()['namespace'], 'Microsoft.Compute')
    assert.equal((await manager.call('POST', `${subscription}/providers/Microsoft.Compute/register`)).status, 200)
  })

  test('identity ids that are none, or name nothing', async () => {
    const patch = async (ids: object, type = 'UserAssigned') =>
      errorOf(await manager.call('PATCH', machineId, { identity: { type, userAssignedIdentities: ids } })).slice(0, 2)
    const identity = `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`
    assert.deepEqual(await patch({ 'no-id': {} }), [400, 'LinkedInvalidPropertyId'])
    assert.deepEqual(await patch({ [`${identity}/none`]: {} }), [400, 'FailedIdentityOperation'])
    assert.deepEqual(await patch({ [machineId]: {} }), [400, 'FailedIdentityOperation'])
    assert.deepEqual(await patch({ [`${identity}/none`]: {} }, 'SystemAssigned'), [400, 'FailedIdentityOperation'])
    assert.deepEqual(await patch({ [`${identity}/none`]: 'x' }), [400, 'InvalidRequestContent'])
    assert.deepEqual(await patch({}, 'Sometimes'), [400, 'InvalidRequestContent'])
  })
})

describe('POST of an action', () => {
  test('needs that action and no other', async () => {
    assert.equal((await manager.call('POST', `${machineId}/start`)).status, 200)
    assert.equal((await manager.call('POST', `${machineId.toLowerCase()}/powerOff`)).status, 200)
    assert.deepEqual(errorOf(await manager.call('POST', `${vm('none')}/start`)).slice(0, 2), [404, 'ResourceNotFound'])
    assert.deepEqual(errorOf(await manager.call('POST', `${machineId}/runCommand`)), [
      400,
      'UnsupportedOperation',
      "Lanyard does not carry out 'runCommand' on resources of type 'Microsoft.Compute/virtualMachines'.",
    ])
    const reader = await openManager({ role: 'Reader' })
    try {
      const [status, code, message] = errorOf(await reader.call('POST', `${machineId}/start`))
      assert.deepEqual([status, code], [403, 'AuthorizationFailed'])
      assert.match(message, /to perform action 'Microsoft\.Compute\/virtualMachines\/start\/action' over scope/)
    } finally {
      await reader.platform.close()
    }
  })
})

describe('the identity of a resource', () => {
  test('attaching one needs the right to assign it, also to learn whether there is one', async () => {
    const operator = await openManager({ role: 'Virtual Machine Contributor' })
    try {
      for (const name of ['app', 'none']) {
        const id = `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`
        await callManager(operator.platform, await administratorToken(operator.platform), 'PUT', id.replace('none', 'other'), {
          location: 'westeurope',
        })
        const body = { identity: { type: 'SystemAssigned, UserAssigned', userAssignedIdentities: { [id]: {} } } }
        const { appid, oid } = decodeJwt<{ appid: string; oid: string }>(operator.token)
        assert.deepEqual(errorOf(await operator.call('PATCH', machineId, body)), [
          403,
          'LinkedAuthorizationFailed',
          `The client '${appid}' with object id '${oid}' has permission to perform action 'Microsoft.Compute/virtualMachines/write' on scope '${machineId}'; however, it does not have permission to perform action(s) 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action' on the linked scope(s) '${id}' (respectively) or the linked scope(s) are invalid.`,
        ])
      }
    } finally {
      await operator.platform.close()
    }
  })

  test('identities/default tells the client id, and is 404 when there is none', async () => {
    const path = `${machineId}/providers/Microsoft.ManagedIdentity/identities/default`
    const answer = await manager.call('GET', path)
    const { principalId, clientId, tenantId } = answer.json<Shown>().properties
    const claims = decodeJwt(manager.token)
    assert.deepEqual([principalId, clientId, tenantId], [claims['oid'], claims['appid'], claims['tid']])
    assert.equal(answer.json()['location'], 'westeurope')
    assert.equal(answer.json<Shown>().id, `${machineId}/providers/Microsoft.ManagedIdentity/Identities/default`)
    await manager.call('PUT', vm('bare'), { location: 'westeurope' })
    const none = await manager.call('GET', `${vm('bare')}/providers/Microsoft.ManagedIdentity/identities/default`)
    assert.deepEqual(errorOf(none).slice(0, 2), [404, 'ResourceNotFound'])
  })
})

describe('DELETE', () => {
  test('of a group: 202, its address is polled until done, and all of it is gone', async () => {
    const group = `${subscription}/resourceGroups/doomed`
    const machine = `${group}/providers/Microsoft.Compute/virtualMachines/m`
    const identity = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/shared`
    await manager.call('PUT', group, { location: 'westeurope' })
    const { properties } = (await manager.call('PUT', identity, { location: 'westeurope' })).json<Shown>()
    await manager.call('PUT', machine, { location: 'westeurope', identity: { type: 'SystemAssigned' } })
    await manager.call('PATCH', machineId, {
      identity: { type: 'SystemAssigned, UserAssigned', userAssignedIdentities: { [identity]: {} } },
    })
    const administrator = await administratorToken(manager.platform)
    const assignments = `${group}/providers/Microsoft.Authorization/roleAssignments`
    const owner = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'
    await callManager(
      manager.platform,
      administrator,
      'PUT',
      `${assignments}/${'1'.repeat(8)}-1111-4111-8111-${'1'.repeat(12)}`,
      {
        properties: {
          roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${owner}`,
          principalId: properties['principalId'],
        },
      },
    )

    const deleted = await manager.call('DELETE', group)
    assert.deepEqual([deleted.status, deleted.text], [202, ''])
    assert.match(String(deleted.headers['retry-after']), /^\d+$/)
    const location = String(deleted.headers['location'])
    assert.ok(location.startsWith(`${manager.platform.url}${subscription}/operationresults/`), location)
    let polled = await manager.call('GET', location.slice(manager.platform.url.length))
    while (polled.status === 202) polled = await manager.call('GET', location.slice(manager.platform.url.length))
    assert.equal(polled.status, 200)

    assert.equal((await manager.call('HEAD', group)).status, 404)
    assert.deepEqual(errorOf(await manager.call('GET', machine)).slice(0, 2), [404, 'ResourceGroupNotFound'])
    assert.equal((await manager.call('GET', machineId)).json<Shown>().identity?.type, 'SystemAssigned')
    // Again: there is no such group any more. The first address still tells that its deletion is over.
    assert.deepEqual(errorOf(await manager.call('DELETE', group)), [
      404,
      'ResourceGroupNotFound',
      "Resource group 'doomed' could not be found.",
    ])
    assert.equal((await manager.call('GET', location.slice(manager.platform.url.length))).status, 200)
    assert.equal((await manager.call('GET', `${subscription}/operationresults/unknown`)).status, 404)

    // A group of the same name begins anew: nobody keeps a role in it.
    await manager.call('PUT', group, { location: 'northeurope' })
    const listed = await callManager(manager.platform, administrator, 'GET', `${assignments}?$filter=atScope()`)
    assert.ok(listed.json<{ value: Shown[] }>().value.every((one) => one.properties['scope'] !== group))
    assert.equal((await manager.call('GET', `${group}/resources`)).json<{ value: unknown[] }>().value.length, 0)
  })

  test('of a subscription, or of all below it, is no operation', async () => {
    assert.equal((await manager.call('DELETE', subscription)).status, 405)
    assert.equal((await manager.call('PUT', subscription, { properties: {} })).status, 405)
    assert.equal((await manager.call('GET', machineId)).status, 200)
  })

  test('of a resource: 200, and 204 when there was none', async () => {
    await manager.call('PUT', vm('short'), { location: 'westeurope' })
    assert.equal((await manager.call('DELETE', vm('SHORT'))).status, 200)
    assert.equal((await manager.call('DELETE', vm('short'))).status, 204)
  })
})
