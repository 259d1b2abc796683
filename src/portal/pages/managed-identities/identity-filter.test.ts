import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ManagedIdentity } from '../../api/managed-identities.ts'
import { filterIdentities, mistakeInIdentityName } from './identity-filter.ts'

const identity = (subscription: string, group: string, name: string, kind: 'user' | 'system'): ManagedIdentity => ({
  resourceId: `/subscriptions/${subscription}/resourceGroups/${group}/providers/A.B/types/${name}`,
  name,
  kind,
  clientId: `c-${name}`,
  principalId: `p-${name}`,
  location: 'westeurope',
})

const all = [
  identity('1111', 'shop', 'app', 'user'),
  identity('1111', 'shop', 'web-1', 'system'),
  identity('AAAA', 'office', 'app-2', 'user'),
]

test('each part of a filter narrows the list of identities', () => {
  const names = (filter: object) => filterIdentities(all, filter).map(({ name }) => name)
  assert.deepEqual(names({}), ['app', 'web-1', 'app-2'])
  assert.deepEqual(names({ filter: 'APP' }), ['app', 'app-2'])
  assert.deepEqual(names({ filter: 'app shop' }), ['app'])
  assert.deepEqual(names({ filter: 'p-web-1' }), ['web-1'])
  assert.deepEqual(names({ filter: 'c-app-2' }), ['app-2'])
  assert.deepEqual(names({ subscription: 'aaaa' }), ['app-2'])
  assert.deepEqual(names({ kind: 'system' }), ['web-1'])
})

test('a name that the platform would refuse is told before', () => {
  assert.equal(mistakeInIdentityName('app-identity_1'), undefined)
  assert.equal(mistakeInIdentityName(''), undefined)
  for (const name of ['ab', '_abc', 'a b c', '<script>', 'a'.repeat(129)]) assert.ok(mistakeInIdentityName(name), name)
})
