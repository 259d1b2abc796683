import assert from 'node:assert/strict'
import { test } from 'node:test'
import { guid, machineId, sampleApplication, samplePrincipal, sampleUser } from './samples.ts'
import type { OpenEmptyStore, StoreTest } from './store-conformance.ts'

export function testDirectory(storeTest: StoreTest, open: OpenEmptyStore): void {
  test('the tenant id is made on first use and then kept, by concurrent callers too', async () => {
    let made = 0
    const store = await open(() => guid(++made))
    assert.equal(made, 0)
    const { directory } = store.stores
    const answers = await Promise.all([directory.tenantId(), directory.tenantId(), directory.tenantId()])
    assert.equal(new Set([...answers, await directory.tenantId()]).size, 1)
    const madeSoFar = made
    await directory.tenantId()
    assert.equal(made, madeSoFar)
    await store.close()
  })

  storeTest('a service principal is found by each of its ids, in any casing', async ({ stores: { directory } }) => {
    const principal = samplePrincipal(0xabc, {
      objectId: `abcdef00${guid(1).slice(8)}`,
      clientId: `fedcba00${guid(2).slice(8)}`,
      managedBy: machineId,
    })
    await directory.insertServicePrincipal(principal)
    assert.deepEqual(await directory.findServicePrincipal(principal.objectId.toUpperCase()), principal)
    assert.deepEqual(await directory.findServicePrincipalByClientId(principal.clientId.toUpperCase()), principal)
    assert.deepEqual(await directory.findServicePrincipalManagedBy(machineId.toLowerCase()), principal)
    assert.equal(await directory.findServicePrincipal(principal.clientId), undefined)
    assert.equal(await directory.findServicePrincipalManagedBy('/subscriptions/x'), undefined)
  })

  storeTest('an object id or client id that exists is refused', async ({ stores: { directory } }) => {
    await directory.insertServicePrincipal(samplePrincipal(1))
    await assert.rejects(directory.insertServicePrincipal(samplePrincipal(1, { clientId: guid(77) })))
    await assert.rejects(directory.insertServicePrincipal(samplePrincipal(2, { clientId: samplePrincipal(1).clientId })))
    assert.deepEqual(await directory.listServicePrincipals(), [samplePrincipal(1)])
  })

  storeTest('service principals are listed by display name, then object id', async ({ stores: { directory } }) => {
    const [second, third, first] = [
      samplePrincipal(2, { displayName: 'b' }),
      samplePrincipal(3, { displayName: 'b' }),
      samplePrincipal(9, { displayName: 'a' }),
    ]
    for (const principal of [third, first, second]) await directory.insertServicePrincipal(principal)
    assert.deepEqual(await directory.listServicePrincipals(), [first, second, third])
  })

  storeTest('a deleted service principal is gone; deleting it again has no effect', async ({ stores: { directory } }) => {
    await directory.insertServicePrincipal(samplePrincipal(1))
    await directory.deleteServicePrincipal(guid(1))
    await directory.deleteServicePrincipal(guid(1))
    assert.equal(await directory.findServicePrincipal(guid(1)), undefined)
    await directory.insertServicePrincipal(samplePrincipal(1))
  })

  storeTest('an application is found by client id, name and each identifier URI', async ({ stores: { directory } }) => {
    const application = sampleApplication(1)
    await directory.saveApplication(sampleApplication(50))
    await directory.saveApplication(application)
    assert.deepEqual(await directory.findApplication(application.clientId.toUpperCase()), application)
    assert.deepEqual(await directory.findApplicationByName('application 1'), application)
    for (const uri of application.identifierUris)
      assert.deepEqual(await directory.findApplicationByIdentifierUri(uri), application)
    assert.deepEqual(await directory.findApplicationByIdentifierUri('API://application-1'), application)
    assert.equal(await directory.findApplicationByIdentifierUri('api://Application-'), undefined)
    assert.equal(await directory.findApplication(guid(99)), undefined)
  })

  storeTest('applications are listed by client id', async ({ stores: { directory } }) => {
    assert.deepEqual(await directory.listApplications(), [])
    for (const number of [3, 1, 2]) await directory.saveApplication(sampleApplication(number))
    assert.deepEqual(await directory.listApplications(), [sampleApplication(1), sampleApplication(2), sampleApplication(3)])
  })

  storeTest('saving an application again replaces it, its old identifier URIs included', async ({ stores: { directory } }) => {
    await directory.saveApplication(sampleApplication(1))
    const changed = sampleApplication(1, { displayName: 'renamed', identifierUris: ['api://new'], secrets: [] })
    await directory.saveApplication(changed)
    assert.deepEqual(await directory.findApplication(guid(1)), changed)
    assert.equal(await directory.findApplicationByName('application 1'), undefined)
    assert.equal(await directory.findApplicationByIdentifierUri('api://Application-1'), undefined)
    assert.deepEqual(await directory.findApplicationByIdentifierUri('api://new'), changed)
  })

  storeTest('a user is found by object id and by name, in any casing', async ({ stores: { directory } }) => {
    const user = sampleUser(0xabc, { objectId: `abcdef00${guid(1).slice(8)}`, passwordHash: undefined })
    await directory.saveUser(sampleUser(50))
    await directory.saveUser(user)
    assert.deepEqual(await directory.findUser(user.objectId.toUpperCase()), user)
    assert.deepEqual(await directory.findUserByName(user.userPrincipalName.toUpperCase()), user)
    assert.equal(await directory.findUser(guid(99)), undefined)
    assert.equal(await directory.findUserByName('User-99@Lanyard.local'), undefined)
  })

  storeTest('users are listed by display name, then object id', async ({ stores: { directory } }) => {
    assert.deepEqual(await directory.listUsers(), [])
    const [second, third, first] = [
      sampleUser(2, { displayName: 'b' }),
      sampleUser(3, { displayName: 'b' }),
      sampleUser(9, { displayName: 'a' }),
    ]
    for (const user of [third, first, second]) await directory.saveUser(user)
    assert.deepEqual(await directory.listUsers(), [first, second, third])
  })

  storeTest('saving a user again replaces it, its old name included', async ({ stores: { directory } }) => {
    await directory.saveUser(sampleUser(1))
    const changed = sampleUser(1, { userPrincipalName: 'other@lanyard.local', displayName: 'Other', passwordHash: undefined })
    await directory.saveUser(changed)
    assert.deepEqual(await directory.listUsers(), [changed])
    assert.equal(await directory.findUserByName(sampleUser(1).userPrincipalName), undefined)
    assert.deepEqual(await directory.findUserByName('other@lanyard.local'), changed)
  })

  storeTest("a name that is another user's, in any casing, is refused", async ({ stores: { directory } }) => {
    await directory.saveUser(sampleUser(1))
    await assert.rejects(directory.saveUser(sampleUser(2, { userPrincipalName: 'USER-1@lanyard.LOCAL' })))
    assert.deepEqual(await directory.listUsers(), [sampleUser(1)])
  })
}
