import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import { builtInRoles } from './built-in-roles.ts'
import { explainDenial } from './explain-denial.ts'
import type { RoleAssignment } from './role-assignment.ts'
import { suggestGrant } from './suggest-grant.ts'

const subscription = '/subscriptions/6c616e79-6172-4400-8000-000000000001'
const group = `${subscription}/resourceGroups/lanyard`
const machine = `${group}/providers/Microsoft.Compute/virtualMachines/web-1`

const suggested = (action: string, scope: string, mayBeNew = false) => {
  const grant = suggestGrant(builtInRoles, action, parseResourceId(scope), mayBeNew)
  return grant && [grant.role.roleName, grant.scope.text]
}

describe('the smallest grant', () => {
  const cases: readonly [action: string, role: string][] = [
    ['Microsoft.Compute/virtualMachines/read', 'Reader'],
    ['Microsoft.Authorization/roleAssignments/read', 'Reader'],
    ['Microsoft.KeyVault/vaults/read', 'Reader'],
    ['Microsoft.ContainerRegistry/registries/pull/read', 'AcrPull'],
    ['Microsoft.Compute/virtualMachines/write', 'Virtual Machine Contributor'],
    ['Microsoft.Compute/virtualMachines/start/action', 'Virtual Machine Contributor'],
    ['Microsoft.ManagedIdentity/userAssignedIdentities/assign/action', 'Managed Identity Operator'],
    ['Microsoft.ManagedIdentity/userAssignedIdentities/write', 'Managed Identity Contributor'],
    ['Microsoft.Resources/subscriptions/resourceGroups/write', 'Contributor'],
    ['Microsoft.Authorization/roleAssignments/write', 'Role Based Access Control Administrator'],
    ['Microsoft.Authorization/locks/write', 'User Access Administrator'],
    ['Microsoft.Compute/galleries/share/action', 'Owner'],
    ['microsoft.network/virtualnetworks/WRITE', 'Network Contributor'],
  ]
  for (const [action, role] of cases) {
    test(`for ${action} is ${role}`, () => assert.equal(suggested(action, group)?.[0], role))
  }

  test('is none when no role has the action', () => {
    assert.equal(suggestGrant([], 'Microsoft.Compute/virtualMachines/read', parseResourceId(machine), false), undefined)
  })

  test('is at the thing itself, at what encloses it when it may not be there, and never at a part of a resource', () => {
    const action = 'Microsoft.Compute/virtualMachines/write'
    assert.equal(suggested(action, machine)?.[1], machine)
    assert.equal(suggested(action, machine, true)?.[1], group)
    assert.equal(suggested(action, `${machine}/extensions/one`, true)?.[1], machine)
    assert.equal(suggested(action, `${machine}/providers/Microsoft.Insights/diagnosticSettings/one`)?.[1], machine)
    assert.equal(suggested('Microsoft.Resources/subscriptions/resourceGroups/write', group, true)?.[1], subscription)
    assert.equal(suggested('Microsoft.Resources/subscriptions/write', subscription, true)?.[1], subscription)
    assert.equal(suggested('Microsoft.Authorization/roleAssignments/read', '/')?.[1], '/')
  })
})

describe('the explanation of a denial', () => {
  const role = (name: string) => builtInRoles.find(({ roleName }) => roleName === name)?.roleId ?? ''
  const assigned = (roleId: string, scope: string): RoleAssignment => ({
    name: roleId,
    scope,
    roleId,
    principalId: 'p',
    principalType: 'ServicePrincipal',
    description: undefined,
    createdAt: 0,
    createdBy: 'p',
  })
  const explain = (action: string, ...assignments: readonly RoleAssignment[]) =>
    explainDenial(
      {
        assignments,
        findRole: (id) => builtInRoles.find(({ roleId }) => roleId === id),
        roles: builtInRoles,
        rootManagementGroup: 't',
      },
      action,
      parseResourceId(machine),
      false,
    ).considered.map(({ roleName, outcome, reason }) => [roleName, outcome, reason])

  test('says of each assignment why it does not allow, and begins with those that are at the scope', () => {
    const other = `${subscription}/resourceGroups/other`
    assert.deepEqual(
      explain(
        'Microsoft.Authorization/roleAssignments/write',
        assigned(role('Owner'), other),
        assigned(role('Contributor'), group),
        assigned(role('Reader'), subscription),
        assigned('gone', '/'),
      ),
      [
        [
          'Contributor',
          'excepted',
          'Contributor excepts Microsoft.Authorization/roleAssignments/write by its notActions: Microsoft.Authorization/*/Write.',
        ],
        ['Reader', 'lacksAction', 'Reader does not have Microsoft.Authorization/roleAssignments/write.'],
        ['gone', 'unknownRole', 'There is no role with this id.'],
        ['Owner', 'elsewhere', `It is at ${other}, which does not hold ${machine}.`],
      ],
    )
  })

  test('is empty for who holds no role', () => assert.deepEqual(explain('Microsoft.Compute/virtualMachines/read'), []))
})
