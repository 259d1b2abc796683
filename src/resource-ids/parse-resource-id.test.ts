import assert from 'node:assert/strict'
import { test } from 'node:test'
import { containsScope, isSameResource } from './containment.ts'
import { actionType, parseResourceId } from './parse-resource-id.ts'
import { InvalidResourceIdError } from './resource-id.ts'

const vm = '/subscriptions/s/resourceGroups/rg1/providers/Microsoft.Compute/virtualMachines/vm1'

test('every level is told apart', () => {
  const kinds = [
    '/',
    '/providers/Microsoft.Management/managementGroups/m',
    '/subscriptions/s',
    '/subscriptions/s/resourceGroups/g',
    vm,
  ]
  assert.deepEqual(
    kinds.map((text) => parseResourceId(text).kind),
    ['tenant', 'managementGroup', 'subscription', 'resourceGroup', 'resource'],
  )
})

test('a nested resource and an extension resource know what encloses them', () => {
  const nested = parseResourceId(`${vm}/extensions/e1`)
  assert.deepEqual([nested.type, nested.name, nested.parent?.text], ['Microsoft.Compute/virtualMachines/extensions', 'e1', vm])
  const extension = parseResourceId(`${vm}/providers/Microsoft.Authorization/roleAssignments/a`)
  assert.deepEqual([extension.type, extension.parent?.text], ['Microsoft.Authorization/roleAssignments', vm])
})

test('casing is kept, and does not count', () => {
  const shouted = parseResourceId(`/${vm.toUpperCase()}/`)
  assert.equal(shouted.text, vm.toUpperCase())
  assert.ok(isSameResource(shouted, parseResourceId(vm)))
})

test('the actions of a group are those of subscriptions/resourceGroups', () => {
  assert.equal(
    actionType(parseResourceId('/subscriptions/s/resourcegroups/g')),
    'Microsoft.Resources/subscriptions/resourceGroups',
  )
})

test('a scope holds what is below it, on segment boundaries', () => {
  const group = parseResourceId('/subscriptions/S/resourceGroups/RG1')
  assert.ok(containsScope(group, parseResourceId(vm)))
  assert.ok(containsScope(parseResourceId('/'), group))
  assert.ok(!containsScope(group, parseResourceId(vm.replace('rg1', 'rg10'))))
  assert.ok(!containsScope(parseResourceId(vm), group))
})

for (const text of [
  '',
  'subscriptions/s',
  '/subscriptions',
  '/subscriptions/s/nonsense/x',
  `${vm}/extensions`,
  '/providers/A',
  '/a\u0000',
  `/${'x'.repeat(3000)}`,
]) {
  test(`${JSON.stringify(text.slice(0, 40))} is no id`, () => assert.throws(() => parseResourceId(text), InvalidResourceIdError))
}
