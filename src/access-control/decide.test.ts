import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import { builtInRoles } from './built-in-roles.ts'
import { decide } from './decide.ts'
import type { RoleAssignment } from './role-assignment.ts'

const group = '/subscriptions/s/resourceGroups/rg1'
const vm = `${group}/providers/Microsoft.Compute/virtualMachines/vm1`
const identity = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/u1`

const cases: readonly [role: string, at: string, action: string, scope: string, allowed: boolean][] = [
  ['Reader', group, 'Microsoft.Compute/virtualMachines/read', vm, true],
  ['Reader', group, 'microsoft.compute/VIRTUALMACHINES/Read', vm, true],
  ['Reader', group, 'Microsoft.Compute/virtualMachines/write', vm, false],
  ['Reader', group, 'Microsoft.Compute/virtualMachines/read', vm.replace('rg1', 'rg10'), false],
  ['Reader', vm, 'Microsoft.Resources/subscriptions/resourceGroups/read', group, false],
  ['Owner', '/', 'Microsoft.Authorization/roleAssignments/write', vm, true],
  ['Contributor', group, 'Microsoft.Compute/virtualMachines/write', vm, true],
  ['Contributor', group, 'Microsoft.Authorization/roleAssignments/write', group, false],
  ['Contributor', group, 'Microsoft.Authorization/roleAssignments/read', group, true],
  ['User Access Administrator', group, 'Microsoft.Authorization/roleAssignments/write', group, true],
  ['Virtual Machine Contributor', group, 'Microsoft.Compute/virtualMachines/write', vm, true],
  ['Virtual Machine Contributor', group, 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action', identity, false],
  ['Managed Identity Operator', group, 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action', identity, true],
  ['Managed Identity Operator', group, 'Microsoft.ManagedIdentity/userAssignedIdentities/write', identity, false],
  ['Managed Identity Contributor', group, 'Microsoft.ManagedIdentity/userAssignedIdentities/write', identity, true],
]

const assignmentAt = (scope: string, roleId: string): RoleAssignment => ({
  name: 'a',
  scope,
  roleId,
  principalId: 'p',
  principalType: 'ServicePrincipal',
  description: undefined,
  createdAt: 0,
  createdBy: 'p',
})

for (const [role, at, action, scope, allowed] of cases) {
  test(`${role} at ${at} ${allowed ? 'may' : 'may not'} ${action} at ${scope}`, () => {
    const roleId = builtInRoles.find(({ roleName }) => roleName === role)?.roleId ?? ''
    const assignment = assignmentAt(at, roleId)
    const findRole = (id: string) => builtInRoles.find((candidate) => candidate.roleId === id)
    assert.equal(decide({ assignments: [assignment], findRole }, action, parseResourceId(scope)).allowed, allowed)
  })
}

test('no action is a data action', () => {
  const owner = builtInRoles[0]
  const assignment = assignmentAt('/', owner?.roleId ?? '')
  const facts = { assignments: [assignment], findRole: () => owner }
  assert.equal(decide(facts, 'Microsoft.KeyVault/vaults/secrets/getSecret/action', parseResourceId(vm), 'data').allowed, false)
})

test('a role at the root management group reaches every subscription, and one at another group none', () => {
  const root = 'aaaaaaaa-0000-4000-8000-000000000000'
  const allowed = (at: string, scope: string) => {
    const role = builtInRoles.find((one) => one.roleName === 'Reader')
    assert.ok(role)
    const assignment = assignmentAt(at, role.roleId)
    const facts = { assignments: [assignment], findRole: () => role, rootManagementGroup: root }
    return decide(facts, 'Microsoft.Compute/virtualMachines/read', parseResourceId(scope)).allowed
  }
  const managementGroup = (name: string) => `/providers/Microsoft.Management/managementGroups/${name}`
  assert.ok(allowed(managementGroup(root.toUpperCase()), vm))
  assert.ok(allowed(managementGroup(root), managementGroup('other')))
  assert.ok(!allowed(managementGroup(root), '/'))
  assert.ok(!allowed(managementGroup('other'), vm))
  // A resource of a subscription that is named like the root group is not the root group.
  assert.ok(!allowed(`/subscriptions/x${managementGroup(root)}`, vm))
})

test('roles have names and GUIDs of their own', () => {
  const ids = builtInRoles.map(({ roleId }) => roleId)
  assert.equal(new Set(ids).size, builtInRoles.length)
  assert.equal(new Set(builtInRoles.map(({ roleName }) => roleName.toLowerCase())).size, builtInRoles.length)
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
})

test('a role for data opens no control plane, and the data that it names', () => {
  const role = builtInRoles.find((one) => one.roleName === 'Key Vault Secrets User')
  assert.ok(role)
  const vault = `${group}/providers/Microsoft.KeyVault/vaults/kv`
  const facts = { assignments: [assignmentAt(vault, role.roleId)], findRole: () => role }
  const secret = parseResourceId(`${vault}/secrets/s1`)
  assert.ok(decide(facts, 'Microsoft.KeyVault/vaults/secrets/getSecret/action', secret, 'data').allowed)
  assert.ok(!decide(facts, 'Microsoft.KeyVault/vaults/secrets/setSecret/action', secret, 'data').allowed)
  assert.ok(!decide(facts, 'Microsoft.KeyVault/vaults/read', parseResourceId(vault)).allowed)
})
