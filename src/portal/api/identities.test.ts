import assert from 'node:assert/strict'
import { test } from 'node:test'
import { identityPatch } from './identities.ts'

const [a, b] = ['/subscriptions/1/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/a', '/b']
const of = (type: string, ...ids: string[]) => ({
  identity: { type, ...(ids.length > 0 && { userAssignedIdentities: Object.fromEntries(ids.map((id) => [id, {}])) }) },
})

test('a change of identities leaves the others as they are', () => {
  assert.deepEqual(identityPatch({}, { system: true }), of('SystemAssigned'))
  assert.deepEqual(identityPatch(of('SystemAssigned'), { system: false }), of('None'))
  assert.deepEqual(identityPatch(of('SystemAssigned, UserAssigned', a), { system: false }), of('UserAssigned'))
  assert.deepEqual(identityPatch(of('UserAssigned', a), { system: true }), of('SystemAssigned, UserAssigned'))
  assert.deepEqual(identityPatch(of('SystemAssigned'), { add: [a] }), of('SystemAssigned, UserAssigned', a))
  assert.deepEqual(identityPatch(of('UserAssigned', a, b), { remove: [a] }), {
    identity: { type: 'UserAssigned', userAssignedIdentities: { [a]: null } },
  })
  assert.deepEqual(identityPatch(of('UserAssigned', a), { remove: [a.toUpperCase()] }), of('None'))
  assert.deepEqual(identityPatch(of('SystemAssigned, UserAssigned', a), { remove: [a] }), {
    identity: { type: 'SystemAssigned', userAssignedIdentities: { [a]: null } },
  })
})
