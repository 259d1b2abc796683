import assert from 'node:assert/strict'
import { group, guid, machineId, sampleAssignment, samplePrincipal, sampleResource } from './samples.ts'
import type { StoreTest } from './store-conformance.ts'

export function testTransactions(storeTest: StoreTest): void {
  storeTest('a transaction keeps what its work did and answers with what it returned', async (store) => {
    const answer = await store.transaction(async ({ directory, resources }) => {
      await directory.insertServicePrincipal(samplePrincipal(1, { managedBy: machineId }))
      await resources.saveResource(sampleResource(machineId))
      assert.ok(await resources.findResource(machineId.toLowerCase()), 'work sees what it wrote')
      return 'done'
    })
    assert.equal(answer, 'done')
    assert.ok(await store.stores.directory.findServicePrincipal(guid(1)))
    assert.ok(await store.stores.resources.findResource(machineId.toLowerCase()))
  })

  storeTest('work that throws leaves nothing in any store', async (store) => {
    await store.stores.resources.saveResource(sampleResource(machineId))
    const failure = new Error('changed my mind')
    const work = store.transaction(async ({ directory, resources, roleAssignments }) => {
      await directory.insertServicePrincipal(samplePrincipal(1))
      await roleAssignments.insertRoleAssignment(sampleAssignment(1))
      await resources.deleteResource(machineId.toLowerCase())
      throw failure
    })
    await assert.rejects(work, failure)
    assert.deepEqual(await store.stores.directory.listServicePrincipals(), [])
    assert.equal(await store.stores.roleAssignments.findRoleAssignment(group.toLowerCase(), guid(1)), undefined)
    assert.ok(await store.stores.resources.findResource(machineId.toLowerCase()))
  })

  storeTest('a write that the database refuses undoes what came before it', async (store) => {
    const work = store.transaction(async ({ directory }) => {
      await directory.insertServicePrincipal(samplePrincipal(1))
      await directory.insertServicePrincipal(samplePrincipal(1))
    })
    await assert.rejects(work)
    assert.deepEqual(await store.stores.directory.listServicePrincipals(), [])
    await store.stores.directory.insertServicePrincipal(samplePrincipal(1))
  })

  storeTest('readers outside and other transactions neither hang nor see a half-done transaction', async (store) => {
    const entered = Promise.withResolvers<void>()
    const released = Promise.withResolvers<void>()
    const first = store.transaction(async ({ directory }) => {
      await directory.insertServicePrincipal(samplePrincipal(1))
      entered.resolve()
      await released.promise
      await directory.insertServicePrincipal(samplePrincipal(2))
    })
    await entered.promise
    const outside = store.stores.directory.listServicePrincipals()
    const second = store.transaction(async ({ directory }) => {
      await directory.insertServicePrincipal(samplePrincipal(3))
    })
    released.resolve()
    assert.notEqual((await outside).length, 1)
    await Promise.all([first, second])
    assert.equal((await store.stores.directory.listServicePrincipals()).length, 3)
  })

  storeTest('many transactions at once lose nothing', async (store) => {
    const numbers = Array.from({ length: 50 }, (_, index) => index)
    const work = (number: number) =>
      store.transaction(async ({ directory }) => {
        const before = (await directory.listServicePrincipals()).length
        await directory.insertServicePrincipal(samplePrincipal(number, { displayName: String(before) }))
      })
    await Promise.all(numbers.map(work))
    const names = (await store.stores.directory.listServicePrincipals()).map(({ displayName }) => Number(displayName))
    assert.deepEqual(
      names.toSorted((a, b) => a - b),
      numbers,
    )
  })
}
