import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Resource } from '../../../contracts/resource.ts'
import { filterMachines, machineRows } from './machine-filter.ts'

const machine = (subscription: string, group: string, name: string, more: Partial<Resource> = {}): Resource => ({
  id: `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachines/${name}`,
  name,
  type: 'Microsoft.Compute/virtualMachines',
  location: 'westeurope',
  ...more,
})

const rows = machineRows([
  machine('1111', 'shop', 'web-1', { identity: { type: 'SystemAssigned, UserAssigned' }, tags: { env: 'Test' } }),
  machine('1111', 'Shop', 'web-2'),
  machine('2222', 'office', 'printer', { identity: { type: 'UserAssigned' }, location: 'northeurope' }),
])

test('each part of a filter narrows the list', () => {
  const names = (filter: object) => filterMachines(rows, filter).map(({ resource }) => resource.name)
  assert.deepEqual(names({}), ['web-1', 'web-2', 'printer'])
  assert.deepEqual(names({ filter: 'WEB' }), ['web-1', 'web-2'])
  assert.deepEqual(names({ filter: 'web env:test' }), ['web-1'])
  assert.deepEqual(names({ filter: 'north' }), ['printer'])
  assert.deepEqual(names({ group: 'SHOP' }), ['web-1', 'web-2'])
  assert.deepEqual(names({ subscription: '2222' }), ['printer'])
  assert.deepEqual(names({ identity: 'systemassigned' }), ['web-1'])
  assert.deepEqual(names({ identity: 'userassigned' }), ['web-1', 'printer'])
  assert.deepEqual(names({ identity: 'none' }), ['web-2'])
  assert.deepEqual(names({ filter: 'web', identity: 'userassigned', group: 'office' }), [])
})
