import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runProgram } from './run-program.ts'
import { groupId, type Failure } from './programs/story.ts'

const onMachine = ['--vm', 'web-1']
const guid = /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/

function assertFailed(failure: Failure, status: number, code: string) {
  assert.deepEqual([failure.failed, failure.status, failure.code], ['RestError', status, code], failure.message)
}

test('@azure/arm-resources: groups and resources are made, found, changed and deleted', async () => {
  const told = await runProgram<{
    created: { name: string; location: string }
    resource: { name: string; kind: string }
    groups: string[]
    exists: boolean
    missing: boolean
    patched: object
    inGroup: string[]
    byName: string[]
    byType: string[]
    expanded: string[][]
    pages: string[][]
    byId: string
    badFilter: Failure
    notFound: Failure
    groupNotFound: Failure
    after: Failure
    providers: string
  }>('resources.ts', onMachine)
  assert.deepEqual([told.created.name, told.created.location], ['sdk-group', 'northeurope'])
  assert.deepEqual([told.resource.name, told.resource.kind, told.byId], ['sdkaccount', 'StorageV2', 'Standard_LRS'])
  assert.deepEqual(told.groups, ['lanyard', 'sdk-group'])
  assert.deepEqual([told.exists, told.missing], [true, false])
  assert.deepEqual(told.patched, { made: 'again' })
  assert.deepEqual([told.inGroup, told.byType], [['sdkaccount'], ['sdkaccount']])
  assert.match(told.byName[0] ?? '', guid)
  // The SDK turns both times into dates, which it can only when they are there.
  assert.deepEqual(told.expanded, [['object', 'object']])
  assert.deepEqual(told.pages.flat().toSorted(), ['app', 'no-identity', 'sdkaccount', 'unassigned', 'web-1'])
  assert.equal(told.pages.length, 5)
  assertFailed(told.badFilter, 400, 'InvalidFilterInQueryString')
  assertFailed(told.notFound, 404, 'ResourceNotFound')
  assertFailed(told.groupNotFound, 404, 'ResourceGroupNotFound')
  assertFailed(told.after, 404, 'ResourceGroupNotFound')
  assert.equal(told.providers, 'Registered')
})

test('@azure/arm-compute: a virtual machine with each kind of identity, and without', async () => {
  interface Identity {
    type: string
    principalId: string
    userAssignedIdentities: Record<string, { principalId: string; clientId: string }>
  }
  const told = await runProgram<{
    created: { name: string; identity: Identity; provisioningState: string }
    both: Identity
    off: { type: string } | null
    got: string
    instanceView: string[]
    inGroup: string[]
    everywhere: string[]
    unknownIdentity: Failure
    after: Failure
  }>('virtual-machines.ts', onMachine)
  assert.deepEqual([told.created.name, told.created.provisioningState], ['sdk-vm', 'Succeeded'])
  assert.match(told.created.identity.principalId, guid)
  assert.equal(told.both.type, 'SystemAssigned, UserAssigned')
  assert.equal(told.both.principalId, told.created.identity.principalId)
  assert.match(Object.values(told.both.userAssignedIdentities)[0]?.clientId ?? '', guid)
  assert.equal(told.off, null)
  assert.equal(told.got, 'sdk-vm')
  assert.ok(told.instanceView.includes('PowerState/running'))
  assert.deepEqual(told.inGroup, ['no-identity', 'sdk-vm', 'web-1'])
  assert.deepEqual(told.everywhere, told.inGroup)
  assertFailed(told.unknownIdentity, 400, 'FailedIdentityOperation')
  assertFailed(told.after, 404, 'ResourceNotFound')
})

test('@azure/arm-msi: user-assigned identities, and the system identity of a machine', async () => {
  const told = await runProgram<{
    created: { principalId: string; clientId: string; tenantId: string; location: string }
    again: string
    tagged: object
    got: string
    inGroup: string[]
    everywhere: number
    ofMachine: { principalId: string }
    after: Failure
  }>('user-assigned-identities.ts', onMachine)
  for (const id of [told.created.principalId, told.created.clientId, told.created.tenantId]) assert.match(id, guid)
  assert.equal(told.again, told.created.principalId)
  assert.deepEqual(told.tagged, { team: 'a' })
  assert.equal(told.got, told.created.clientId)
  assert.deepEqual(told.inGroup, ['app', 'made-by-sdk', 'unassigned'])
  assert.equal(told.everywhere, 3)
  assert.match(told.ofMachine.principalId, guid)
  assertFailed(told.after, 404, 'ResourceNotFound')
})

test('@azure/arm-authorization: a role is found by name, assigned, listed and taken away', async () => {
  const told = await runProgram<{
    principalId: string
    reader: { roleName: string; id: string }
    created: { scope: string; roleDefinitionId: string; principalId: string; createdBy: string }
    again: string
    otherName: Failure
    ofPrincipal: string[]
    atScope: string[]
    assignedTo: number
    byId: string
    noPrincipal: Failure
    deleted: string
    after: Failure
  }>('role-assignments.ts', onMachine)
  const name = '6c616e79-6172-4400-8000-0000000000f1'
  assert.equal(told.reader.roleName, 'Reader')
  assert.deepEqual(
    [told.created.scope, told.created.roleDefinitionId, told.created.principalId],
    [groupId, told.reader.id, told.principalId],
  )
  assert.match(told.created.createdBy, guid)
  assert.deepEqual([told.again, told.ofPrincipal, told.deleted], [name, [name], name])
  assertFailed(told.otherName, 409, 'RoleAssignmentExists')
  assert.ok(told.atScope.every((scope) => scope === '/' || scope === groupId))
  assert.equal(told.assignedTo, 1)
  assert.equal(told.byId, told.principalId)
  assertFailed(told.noPrincipal, 400, 'PrincipalNotFound')
  assertFailed(told.after, 404, 'RoleAssignmentNotFound')
})

test('a 403 names the client, its object id, the action and the scope, and lists show what one may see', async () => {
  const told = await runProgram<{ client: string; assign: Failure; otherGroup: Failure; groups: string[]; resources: string[] }>(
    'denied.ts',
    [...onMachine, '--as', 'deployer'],
  )
  assertFailed(told.assign, 403, 'AuthorizationFailed')
  assertFailed(told.otherGroup, 403, 'AuthorizationFailed')
  const [, client, action, scope] =
    /^The client '(.+)' with object id '[\da-f-]{36}' does not have authorization to perform action '(.+)' over scope '(.+)' or/.exec(
      told.assign.message,
    ) ?? []
  assert.deepEqual([client, action, scope], [told.client, 'Microsoft.Authorization/roleAssignments/write', groupId])
  assert.deepEqual(told.groups, ['lanyard'])
  assert.deepEqual(told.resources.toSorted(), ['app', 'no-identity', 'unassigned', 'web-1'])
})
