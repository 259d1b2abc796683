import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RoleDefinition } from '../../../../contracts/role.ts'
import { parseResourceId } from '../../../../resource-ids/parse-resource-id.ts'
import { decisionsAt } from './decisions.ts'
import { isInherited, scopeName, scopesAbove } from './scope-name.ts'

const group = '/subscriptions/1111/resourceGroups/shop'
const machine = parseResourceId(`${group}/providers/Microsoft.Compute/virtualMachines/web-1`)

const role = (name: string, actions: string[], notActions: string[] = []): RoleDefinition => ({
  id: `/subscriptions/1111/providers/Microsoft.Authorization/roleDefinitions/${name}`,
  name,
  properties: { roleName: name, permissions: [{ actions, notActions, dataActions: [], notDataActions: [] }] },
})

const roles = [role('reader', ['*/read']), role('contributor', ['*'], ['Microsoft.Authorization/*/write'])]

const held = (roleId: string, scope: string) => ({
  id: `${scope}/${roleId}`,
  roleId,
  roleName: roleId,
  principalId: 'p',
  principalType: 'ServicePrincipal',
  scope,
})

test('what a principal may do is told with the assignment that allows it', () => {
  const told = decisionsAt(machine, [held('reader', '/subscriptions/1111'), held('contributor', group)], roles)
  assert.deepEqual(
    told.map(({ action, by }) => [action, by?.roleName]),
    [
      ['Microsoft.Compute/virtualMachines/read', 'reader'],
      ['Microsoft.Compute/virtualMachines/write', 'contributor'],
      ['Microsoft.Compute/virtualMachines/extensions/write', 'contributor'],
      ['Microsoft.Compute/virtualMachines/delete', 'contributor'],
      ['Microsoft.Authorization/roleAssignments/read', 'reader'],
      ['Microsoft.Authorization/roleAssignments/write', undefined],
    ],
  )
  assert.ok(decisionsAt(machine, [], roles).every(({ by }) => by === undefined))
})

test('a scope is named, and told from what lies above it', () => {
  assert.deepEqual(
    scopesAbove(machine).map(({ text }) => scopeName(text)),
    ['Virtual machine web-1', 'Resource group shop', 'Subscription 1111', 'Tenant (/)'],
  )
  assert.equal(isInherited(machine.text.toUpperCase(), machine), false)
  assert.equal(isInherited(group, machine), true)
})
