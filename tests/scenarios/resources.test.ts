import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test, type TestContext } from 'node:test'
import { LinkedAuthorizationFailedError } from '../../src/access-control/authorized.ts'
import { builtInRoles } from '../../src/access-control/built-in-roles.ts'
import { createAccessControl } from '../../src/access-control/create-access-control.ts'
import { createMachineRegistry } from '../../src/machines/create-machine-registry.ts'
import { findMachines } from '../../src/machines/find-machines.ts'
import { actionType, parseResourceId } from '../../src/resource-ids/parse-resource-id.ts'
import { createResources } from '../../src/resources/create-resources.ts'
import { ResourceError } from '../../src/resources/errors.ts'
import type { ResourceInput } from '../../src/resources/operations.ts'
import { openSqliteStore } from '../../src/store/open-sqlite-store.ts'
import { extensionBody } from '../support/extension-body.ts'

const subscription = '/subscriptions/00000000-0000-0000-0000-000000000001'
const group = `${subscription}/resourceGroups/rg1`
const vm = `${group}/providers/Microsoft.Compute/virtualMachines/vm1`
const userAssigned = (name: string) => `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`
const at = (location: string): ResourceInput => ({ location })
const withIdentity = (type: string, ids?: Record<string, object | null>): ResourceInput => ({
  location: 'westus',
  identity: { type, ...(ids && { userAssignedIdentities: ids }) },
})

/** A platform with one subscription and the group `rg1`, used as its owner. */
async function openPlatform(t: TestContext) {
  const store = await openSqliteStore({ path: ':memory:', newGuid: randomUUID })
  t.after(() => store.close())
  const time = { now: Date.UTC(2026, 0, 2) }
  const accessControl = createAccessControl({
    assignments: store.stores.roleAssignments,
    transaction: (work) => store.transaction(({ roleAssignments }) => work(roleAssignments)),
    clock: () => time.now,
    tenantId: await store.stores.directory.tenantId(),
    principalTypeOf: async () => 'ServicePrincipal',
  })
  const resources = createResources({ unitOfWork: store, clock: () => time.now, newGuid: randomUUID })

  async function caller(roleName: string, scope: string) {
    const role = builtInRoles.find((one) => one.roleName === roleName)
    assert.ok(role)
    const objectId = randomUUID()
    await store.stores.roleAssignments.insertRoleAssignment({
      name: randomUUID(),
      scope,
      roleId: role.roleId,
      principalId: objectId,
      principalType: 'ServicePrincipal',
      description: undefined,
      createdAt: time.now,
      createdBy: objectId,
    })
    return client({ objectId, clientId: randomUUID() })
  }

  function client(who: { objectId: string; clientId: string }) {
    const proof = (verb: string, id: string) => {
      const scope = parseResourceId(id)
      return accessControl.authorize(who, `${actionType(scope)}/${verb}`, scope)
    }
    return {
      visibility: () => accessControl.visibility(who),
      proof,
      put: async (id: string, input: ResourceInput) =>
        resources.putResource(await proof('write', id), input, await accessControl.visibility(who)),
      patch: async (id: string, input: ResourceInput) =>
        resources.patchResource(await proof('write', id), input, await accessControl.visibility(who)),
      get: async (id: string) => resources.getResource(await proof('read', id)),
      remove: async (id: string) => resources.deleteResource(await proof('delete', id)),
      identity: async (id: string) => resources.describeIdentity(await resources.getResource(await proof('read', id))),
      list: async (scope: string) =>
        [...(await resources.listResources(await accessControl.visibility(who), parseResourceId(scope)))].map((one) => one.id),
    }
  }

  const owner = await caller('Owner', '/')
  await resources.putSubscription(await owner.proof('write', subscription), 'Main')
  await resources.putResourceGroup(await owner.proof('write', group), { location: 'West US', tags: undefined })
  return { store, time, resources, owner, caller }
}

const failsWith = (code: string) => (error: unknown) => error instanceof ResourceError && error.code === code

describe('system-assigned identity', () => {
  test('has one principal for as long as it is on', async (t) => {
    const { store, owner, resources } = await openPlatform(t)
    const { created, resource } = await owner.put(vm, withIdentity('SystemAssigned'))
    assert.equal(created, true)
    const objectId = resource.identity?.systemAssigned ?? ''
    const principal = await store.stores.directory.findServicePrincipal(objectId)
    assert.deepEqual([principal?.kind, principal?.managedBy, principal?.displayName], ['systemAssigned', vm, 'vm1'])

    await owner.patch(vm, withIdentity('SystemAssigned'))
    await owner.patch(vm.toUpperCase(), { tags: { a: '1' } })
    assert.equal((await owner.put(vm, withIdentity('SystemAssigned'))).created, false)
    assert.deepEqual(await owner.identity(vm), {
      type: 'SystemAssigned',
      principalId: objectId,
      tenantId: await store.stores.directory.tenantId(),
    })
    const shown = await resources.getSystemIdentity(await owner.proof('read', vm))
    assert.deepEqual([shown.principalId, shown.clientId], [objectId, principal?.clientId])

    await owner.patch(vm, withIdentity('None'))
    assert.equal(await owner.identity(vm), undefined)
    assert.equal(await store.stores.directory.findServicePrincipal(objectId), undefined)
    await assert.rejects(async () => resources.getSystemIdentity(await owner.proof('read', vm)), failsWith('ResourceNotFound'))

    const again = await owner.patch(vm, withIdentity('SystemAssigned'))
    assert.notEqual(again.identity?.systemAssigned, objectId)
  })

  test('goes with the machine and with the group; role assignments stay', async (t) => {
    const { store, owner, resources } = await openPlatform(t)
    const first = (await owner.put(vm, withIdentity('SystemAssigned'))).resource.identity?.systemAssigned ?? ''
    await store.stores.roleAssignments.insertRoleAssignment({
      name: randomUUID(),
      scope: group,
      roleId: builtInRoles[0]?.roleId ?? '',
      principalId: first,
      principalType: 'ServicePrincipal',
      description: undefined,
      createdAt: 0,
      createdBy: first,
    })
    assert.equal(await owner.remove(vm), true)
    assert.equal(await owner.remove(vm), false)
    assert.equal(await store.stores.directory.findServicePrincipal(first), undefined)
    assert.equal((await store.stores.roleAssignments.listRoleAssignmentsOf(first)).length, 1)

    await owner.put(vm, withIdentity('SystemAssigned'))
    await owner.put(userAssigned('u1'), at('westus'))
    assert.equal((await store.stores.directory.listServicePrincipals()).length, 2)
    assert.equal((await resources.deleteResourceGroup(await owner.proof('delete', group))).name, 'rg1')
    await assert.rejects(
      async () => resources.deleteResourceGroup(await owner.proof('delete', group)),
      failsWith('ResourceGroupNotFound'),
    )
    assert.deepEqual(await store.stores.directory.listServicePrincipals(), [])
    await assert.rejects(owner.get(vm), failsWith('ResourceGroupNotFound'))
  })

  test('leaves no principal behind when the request fails', async (t) => {
    const { store, owner } = await openPlatform(t)
    await assert.rejects(
      owner.put(vm, withIdentity('SystemAssigned, UserAssigned', { [userAssigned('missing')]: {} })),
      failsWith('FailedIdentityOperation'),
    )
    assert.deepEqual(await store.stores.directory.listServicePrincipals(), [])
  })
})

describe('user-assigned identity', () => {
  test('keeps its principal when it is put again, and shows it', async (t) => {
    const { store, owner } = await openPlatform(t)
    const { properties } = (await owner.put(userAssigned('u1'), at('westus'))).resource
    const principal = await store.stores.directory.findServicePrincipalManagedBy(userAssigned('u1').toLowerCase())
    const expected = {
      tenantId: await store.stores.directory.tenantId(),
      principalId: principal?.objectId,
      clientId: principal?.clientId,
    }
    assert.deepEqual(properties, { ...expected, isolationScope: 'None' })
    const again = await owner.put(userAssigned('U1'), {
      location: 'westus',
      properties: { principalId: 'x', isolationScope: 'Regional' },
    })
    assert.deepEqual(again.resource.properties, { ...expected, isolationScope: 'Regional' })
    assert.equal(again.resource.id, userAssigned('u1'))
  })

  test('is attached, listed with its facts, and detached in any casing', async (t) => {
    const { owner } = await openPlatform(t)
    for (const name of ['u1', 'u2']) await owner.put(userAssigned(name), at('westus'))
    await owner.put(vm, withIdentity('UserAssigned', { [userAssigned('u1')]: {} }))
    await owner.patch(vm, withIdentity('SystemAssigned,UserAssigned', { [userAssigned('u2')]: {} }))
    const both = await owner.identity(vm)
    assert.equal(both?.type, 'SystemAssigned, UserAssigned')
    assert.deepEqual(Object.keys(both?.userAssignedIdentities ?? {}), [userAssigned('u1'), userAssigned('u2')])
    await owner.patch(vm, withIdentity('UserAssigned', { [userAssigned('u1').toLowerCase()]: null }))
    const one = await owner.identity(vm)
    assert.deepEqual(
      [one?.type, one?.principalId, Object.keys(one?.userAssignedIdentities ?? {})],
      ['UserAssigned', undefined, [userAssigned('u2')]],
    )
  })

  test('that is deleted is gone from its machines, and one of the same name does not come back to them', async (t) => {
    const { owner } = await openPlatform(t)
    await owner.put(userAssigned('u1'), at('westus'))
    await owner.put(vm, withIdentity('UserAssigned', { [userAssigned('u1')]: {} }))
    await owner.remove(userAssigned('u1'))
    assert.equal(await owner.identity(vm), undefined)
    await owner.put(userAssigned('u1'), at('westus'))
    assert.equal(await owner.identity(vm), undefined)
  })

  test('needs the right to assign it, which Virtual Machine Contributor lacks', async (t) => {
    const { owner, caller } = await openPlatform(t)
    await owner.put(userAssigned('u1'), at('westus'))
    const operator = await caller('Virtual Machine Contributor', group)
    await assert.rejects(
      operator.put(vm, withIdentity('UserAssigned', { [userAssigned('u1')]: {} })),
      (error) => error instanceof LinkedAuthorizationFailedError && error.linkedScope.text === userAssigned('u1'),
    )
    await assert.rejects(
      operator.put(vm, withIdentity('UserAssigned', { [userAssigned('missing')]: {} })),
      LinkedAuthorizationFailedError,
    )
    await owner.put(vm, withIdentity('UserAssigned', { [userAssigned('u1')]: {} }))
    await operator.patch(vm, withIdentity('SystemAssigned, UserAssigned', { [userAssigned('u1')]: {} }))
  })

  test('must be one: another resource cannot be attached', async (t) => {
    const { owner } = await openPlatform(t)
    await owner.put(vm, at('westus'))
    await assert.rejects(owner.patch(vm, withIdentity('UserAssigned', { [vm]: {} })), failsWith('FailedIdentityOperation'))
  })
})

describe('virtual machine', () => {
  test('is filled in, keeps its vmId, and never keeps a password', async (t) => {
    const { owner, time } = await openPlatform(t)
    const properties = { osProfile: { adminUsername: 'me', adminPassword: 'hunter2', customData: 'aGk=' } }
    const first = (await owner.put(vm, { location: 'West US', properties })).resource
    assert.equal(first.location, 'westus')
    assert.doesNotMatch(JSON.stringify(first), /hunter2|aGk=/)
    assert.deepEqual(first.properties['hardwareProfile'], { vmSize: 'Standard_B2s' })
    assert.equal(first.properties['provisioningState'], 'Succeeded')
    time.now += 1000
    const second = await owner.patch(vm, { properties: { hardwareProfile: { vmSize: 'Standard_D2s_v5' } } })
    assert.deepEqual(second.properties['hardwareProfile'], { vmSize: 'Standard_D2s_v5' })
    for (const name of ['vmId', 'timeCreated', 'osProfile', 'storageProfile']) {
      assert.deepEqual(second.properties[name], first.properties[name], name)
    }
    assert.deepEqual([second.createdAt, second.changedAt], [first.createdAt, time.now])
  })

  test('needs a location, and stays in it', async (t) => {
    const { owner } = await openPlatform(t)
    await assert.rejects(owner.put(vm, {}), failsWith('LocationRequired'))
    await owner.put(vm, at('westus'))
    await assert.rejects(owner.put(vm, at('eastus')), failsWith('InvalidResourceLocation'))
  })

  test('takes what is nested in it along', async (t) => {
    const { owner } = await openPlatform(t)
    const extension = `${vm}/extensions/agent`
    await assert.rejects(owner.put(extension, at('westus')), failsWith('ParentResourceNotFound'))
    await owner.put(vm, at('westus'))
    await owner.put(extension, extensionBody(undefined))
    assert.deepEqual(await owner.list(group), [vm, extension])
    await owner.remove(vm)
    await assert.rejects(owner.get(extension), failsWith('ResourceNotFound'))
  })
})

describe('what a caller sees', () => {
  test('is what they may read', async (t) => {
    const { owner, caller, resources } = await openPlatform(t)
    const other = `${group}/providers/Microsoft.Compute/virtualMachines/vm2`
    for (const id of [vm, other]) await owner.put(id, at('westus'))
    const reader = await caller('Reader', vm)
    assert.deepEqual(await reader.list(subscription), [vm])
    const visibility = await reader.visibility()
    assert.equal((await resources.listSubscriptions(visibility)).length, 1)
    assert.deepEqual(await resources.listResourceGroups(visibility, parseResourceId(subscription)), [])
    assert.equal(
      (await resources.listResourceGroups(await owner.visibility(), parseResourceId(subscription)))[0]?.location,
      'westus',
    )
  })

  test('does not tell a stranger whether a scope exists', async (t) => {
    const { owner, caller } = await openPlatform(t)
    const stranger = await caller('Reader', '/subscriptions/00000000-0000-0000-0000-000000000009')
    assert.deepEqual(await stranger.list(`${subscription}/resourceGroups/none`), [])
    await assert.rejects(owner.list(`${subscription}/resourceGroups/none`), failsWith('ResourceGroupNotFound'))
    await assert.rejects(owner.list('/subscriptions/00000000-0000-0000-0000-000000000008'), failsWith('SubscriptionNotFound'))
  })
})

test('a proof for reading does not write', async (t) => {
  const { owner, resources } = await openPlatform(t)
  const visibility = await owner.visibility()
  await assert.rejects(async () => resources.putResource(await owner.proof('read', vm), at('westus'), visibility), TypeError)
  await assert.rejects(async () => resources.deleteResource(await owner.proof('read', vm)), TypeError)
})

test('resource group names follow the rule of Azure', async (t) => {
  const { owner, resources } = await openPlatform(t)
  const put = async (name: string, location = 'westus') =>
    resources.putResourceGroup(await owner.proof('write', `${subscription}/resourceGroups/${name}`), {
      location,
      tags: undefined,
    })
  for (const bad of ['a b', 'dot.', 'x'.repeat(91), 'a*']) await assert.rejects(put(bad), failsWith('InvalidResourceGroup'), bad)
  assert.equal((await put('A-b_(c).d')).created, true)
  assert.deepEqual(await put('a-B_(c).d'), { group: (await put('A-b_(c).d')).group, created: false })
  await assert.rejects(put('rg1', 'eastus'), failsWith('InvalidResourceGroupLocation'))
  await assert.rejects(put('rg3', ''), failsWith('LocationRequired'))
})

test('a machine is found by name, and its identities are those that exist now', async (t) => {
  const { store, owner } = await openPlatform(t)
  await owner.put(userAssigned('u1'), at('westus'))
  await owner.put(vm, withIdentity('SystemAssigned, UserAssigned', { [userAssigned('u1')]: {} }))
  const machines = createMachineRegistry({ unitOfWork: store })
  const facts = await machines.facts({ resourceId: vm.toUpperCase() })
  assert.deepEqual(
    facts?.identities.map((one) => one.userAssignedId),
    [undefined, userAssigned('u1')],
  )
  await owner.remove(userAssigned('u1'))
  await owner.patch(vm, withIdentity('None'))
  assert.deepEqual((await machines.facts({ resourceId: vm }))?.identities, [])
  assert.equal(await machines.facts({ resourceId: `${vm}x` }), undefined)

  const found = async (name?: string, inGroup?: string) => (await findMachines(store, name, inGroup)).map((one) => one.id)
  assert.deepEqual(await found('VM1'), [vm])
  assert.deepEqual(await found('vm1', 'RG1'), [vm])
  assert.deepEqual(await found(vm.toLowerCase()), [vm])
  assert.deepEqual(await found(), [vm])
  assert.deepEqual([await found('vm'), await found('vm1', 'rg')], [[], []])
})
