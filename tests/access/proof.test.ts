import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test, type TestContext } from 'node:test'
import type { Authorized } from '../../src/access-control/authorized.ts'
import { ownerRoleId } from '../../src/access-control/built-in-roles.ts'
import { createAccessControl } from '../../src/access-control/create-access-control.ts'
import { parseResourceId } from '../../src/resource-ids/parse-resource-id.ts'
import { createResources } from '../../src/resources/create-resources.ts'
import { openSqliteStore } from '../../src/store/open-sqlite-store.ts'

// What the compiler refuses can still be cast. These tests hold proofs that nobody issued.
const group = parseResourceId('/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg1')
const subscription = parseResourceId('/subscriptions/00000000-0000-0000-0000-000000000001')

async function open(t: TestContext) {
  const store = await openSqliteStore({ path: ':memory:', newGuid: randomUUID })
  t.after(() => store.close())
  const accessControl = createAccessControl({
    assignments: store.stores.roleAssignments,
    transaction: (work) => store.transaction(({ roleAssignments }) => work(roleAssignments)),
    clock: () => 0,
    tenantId: await store.stores.directory.tenantId(),
    principalTypeOf: async () => 'ServicePrincipal',
  })
  const caller = { objectId: randomUUID(), clientId: randomUUID() }
  await store.stores.roleAssignments.insertRoleAssignment({
    name: randomUUID(),
    scope: group.text,
    roleId: ownerRoleId,
    principalId: caller.objectId,
    principalType: 'ServicePrincipal',
    description: undefined,
    createdAt: 0,
    createdBy: caller.objectId,
  })
  const resources = createResources({ unitOfWork: store, clock: () => 0, newGuid: randomUUID })
  await store.stores.resources.saveSubscription({ subscriptionId: subscription.name, displayName: 'Main' })
  return { accessControl, resources, caller }
}

const put = { location: 'westus', tags: undefined }

test('a proof that was issued is taken', async (t) => {
  const { accessControl, resources, caller } = await open(t)
  const issued = await accessControl.authorize(caller, 'Microsoft.Resources/subscriptions/resourceGroups/write', group)
  assert.equal((await resources.putResourceGroup(issued, put)).created, true)
})

test('a cast, a copy and a changed proof are refused everywhere', async (t) => {
  const { accessControl, resources, caller } = await open(t)
  const write = 'Microsoft.Resources/subscriptions/resourceGroups/write'
  const issued = await accessControl.authorize(caller, write, group)
  assert.throws(() => Object.assign(issued, { scope: subscription }), TypeError)
  for (const forged of [
    { caller, action: write, scope: group } as unknown as Authorized,
    { ...issued },
    { ...issued, scope: subscription },
  ]) {
    await assert.rejects(resources.putResourceGroup(forged, put), TypeError)
    await assert.rejects(resources.getResourceGroup(forged), TypeError)
    await assert.rejects(resources.getResource(forged), TypeError)
    await assert.rejects(resources.getSystemIdentity(forged), TypeError)
    await assert.rejects(resources.getSubscription(forged), TypeError)
    await assert.rejects(accessControl.listAssignments(forged), TypeError)
    await assert.rejects(accessControl.findAssignment(forged, 'x'), TypeError)
    await assert.rejects(accessControl.unassign(forged, 'x'), TypeError)
  }
})

test('a proof for another action assigns nothing', async (t) => {
  const { accessControl, caller } = await open(t)
  const read = await accessControl.authorize(caller, 'Microsoft.Authorization/roleAssignments/read', group)
  const wanted = {
    name: randomUUID(),
    roleId: ownerRoleId,
    principalId: randomUUID(),
    principalType: undefined,
    description: undefined,
  }
  await assert.rejects(accessControl.assign(read, wanted), TypeError)
  await assert.rejects(accessControl.unassign(read, wanted.name), TypeError)
})
