import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import { builtInRoles } from './built-in-roles.ts'
import { decide } from './decide.ts'

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

for (const [role, at, action, scope, allowed] of cases) {
  test(`${role} at ${at} ${allowed ? 'may' : 'may not'} ${action} at ${scope}`, () => {
    const roleId = builtInRoles.find(({ roleName }) => roleName === role)?.roleId ?? ''
    const assignment = {
      name: 'a',
      scope: at,
      roleId,
      principalId: 'p',
      principalType: 'ServicePrincipal' as const,
      description: undefined,
      createdAt: 0,
      createdBy: 'p',
    }
    const findRole = (id: string) => builtInRoles.find((candidate) => candidate.roleId === id)
    assert.equal(decide({ assignments: [assignment], findRole }, action, parseResourceId(scope)).allowed, allowed)
  })
}

test('no action is a data action', () => {
  const owner = builtInRoles[0]
  const assignment = {
    name: 'a',
    scope: '/',
    roleId: owner?.roleId ?? '',
    principalId: 'p',
    principalType: 'ServicePrincipal' as const,
    description: undefined,
    createdAt: 0,
    createdBy: 'p',
  }
  const facts = { assignments: [assignment], findRole: () => owner }
  assert.equal(decide(facts, 'Microsoft.KeyVault/vaults/secrets/getSecret/action', parseResourceId(vm), 'data').allowed, false)
})
