import assert from 'node:assert/strict'
import { group, guid, machineId, sampleResource, subscriptionId } from './samples.ts'
import type { StoreTest } from './store-conformance.ts'

const identityId = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/Id-1`

export function testResources(storeTest: StoreTest): void {
  storeTest('subscriptions are found in any casing and renamed by saving them again', async ({ stores: { resources } }) => {
    await resources.saveSubscription({ subscriptionId, displayName: 'First' })
    await resources.saveSubscription({ subscriptionId, displayName: 'Renamed' })
    assert.deepEqual(await resources.findSubscription(subscriptionId.toLowerCase()), { subscriptionId, displayName: 'Renamed' })
    assert.deepEqual(await resources.listSubscriptions(), [{ subscriptionId, displayName: 'Renamed' }])
    assert.equal(await resources.findSubscription(guid(1)), undefined)
  })

  storeTest('resource groups belong to one subscription, and are found in any casing', async ({ stores: { resources } }) => {
    await resources.saveSubscription({ subscriptionId, displayName: 'First' })
    await resources.saveSubscription({ subscriptionId: guid(2), displayName: 'Second' })
    const web = { subscriptionId, name: 'Web_1', location: 'westus', tags: { owner: 'me', 'ends with space ': '' } }
    const other = { subscriptionId: guid(2), name: 'Web_1', location: 'eastus', tags: undefined }
    await resources.saveResourceGroup(web)
    await resources.saveResourceGroup(other)
    assert.deepEqual(await resources.findResourceGroup(subscriptionId.toLowerCase(), 'WEB_1'), web)
    assert.deepEqual(await resources.listResourceGroups(guid(2)), [other])
    await resources.saveResourceGroup({ ...web, tags: {} })
    assert.deepEqual(await resources.listResourceGroups(subscriptionId), [{ ...web, tags: {} }])
    await resources.deleteResourceGroup(subscriptionId.toUpperCase(), 'web_1')
    assert.deepEqual(await resources.listResourceGroups(subscriptionId), [])
    assert.deepEqual(await resources.findResourceGroup(guid(2), 'Web_1'), other)
  })

  storeTest('a resource comes back as it was saved, with many fields and with few', async ({ stores: { resources } }) => {
    const full = sampleResource(machineId, {
      location: 'westus',
      tags: { ['__proto__']: 'kept', naïve: 'Ünïcødé 🗝' },
      kind: 'k',
      managedBy: '/subscriptions/x',
      sku: { name: 'Standard_B1s' },
      plan: { name: 'p', product: null },
      zones: ['1', '2'],
      identity: { systemAssigned: guid(1), userAssigned: [identityId] },
      properties: { nested: { list: [1, 'two', null, { deep: true }] }, empty: '' },
    })
    const bare = sampleResource(identityId, { identity: { systemAssigned: undefined, userAssigned: [] } })
    await resources.saveResource(full)
    await resources.saveResource(bare)
    assert.deepEqual(await resources.findResource(machineId.toLowerCase()), full)
    assert.deepEqual(await resources.findResource(identityId.toLowerCase()), bare)
    assert.equal(await resources.findResource(group.toLowerCase()), undefined)
  })

  storeTest('saving a resource with the same key replaces all of it', async ({ stores: { resources } }) => {
    await resources.saveResource(
      sampleResource(machineId, { tags: { a: 'b' }, identity: { systemAssigned: guid(1), userAssigned: [] } }),
    )
    const again = sampleResource(machineId.toUpperCase(), { properties: { a: 1 }, createdAt: 5, changedAt: 6 })
    await resources.saveResource(again)
    assert.deepEqual(await resources.findResource(machineId.toLowerCase()), again)
    await resources.deleteResource(machineId.toLowerCase())
    await resources.deleteResource(machineId.toLowerCase())
    assert.equal(await resources.findResource(machineId.toLowerCase()), undefined)
  })

  storeTest(
    'what is below a prefix is below it by a whole segment, and wildcards of LIKE mean nothing',
    async ({ stores: { resources } }) => {
      const inGroup = (name: string, vm: string) =>
        `/subscriptions/${guid(1)}/resourceGroups/${name}/providers/Microsoft.Compute/virtualMachines/${vm}`
      const extension = `${inGroup('a_c', 'vm')}/extensions/login`
      const ids = [
        inGroup('abc', 'vm'),
        inGroup('a_c', 'vm'),
        extension,
        inGroup('a_c', 'vm2'),
        inGroup('a_c-2', 'vm'),
        inGroup('a_c0', 'vm'),
        inGroup('a%', 'vm'),
      ]
      for (const id of ids.toReversed()) await resources.saveResource(sampleResource(id))
      const below = async (prefix: string) => (await resources.listResourcesBelow(prefix.toLowerCase())).map(({ id }) => id)
      assert.deepEqual(await below(`/subscriptions/${guid(1)}/resourceGroups/a_c`), [
        inGroup('a_c', 'vm'),
        extension,
        inGroup('a_c', 'vm2'),
      ])
      assert.deepEqual(await below(`/subscriptions/${guid(1)}/resourceGroups/a%`), [inGroup('a%', 'vm')])
      assert.deepEqual(await below(inGroup('a_c', 'vm')), [extension])
      assert.deepEqual(await below(extension), [])
      assert.deepEqual((await below(`/subscriptions/${guid(1)}`)).toSorted(), ids.toSorted())
      assert.equal((await below('/')).length, ids.length)
      const keys = (await below('/')).map((id) => id.toLowerCase())
      assert.deepEqual(keys, keys.toSorted())
    },
  )

  storeTest(
    'resources of a type are found across subscriptions; a nested type is another type',
    async ({ stores: { resources } }) => {
      const elsewhere = `/subscriptions/${guid(1)}/resourceGroups/g/providers/microsoft.compute/VIRTUALMACHINES/vm`
      for (const id of [machineId, elsewhere, `${machineId}/extensions/login`, identityId])
        await resources.saveResource(sampleResource(id))
      const found = await resources.listResourcesOfType('Microsoft.Compute/VirtualMachines')
      assert.deepEqual(
        found.map(({ id }) => id),
        [elsewhere, machineId],
      )
      assert.equal((await resources.listResourcesOfType('Microsoft.Compute/virtualMachines/extensions')).length, 1)
    },
  )
}
