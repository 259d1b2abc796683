import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import { InvalidResourceInputError } from './errors.ts'
import { planIdentity } from './identity-plan.ts'
import type { IdentityInput } from './operations.ts'

const group = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg'
const host = parseResourceId(`${group}/providers/Microsoft.Compute/virtualMachines/vm1`)
const u1 = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/u1`
const u2 = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/u2`
const both = { systemAssigned: 'oid', userAssigned: [u1] }

function plan(mode: 'replace' | 'merge', current: typeof both | undefined, input: IdentityInput | null | undefined) {
  const { system, userAssigned, attached } = planIdentity(host, current, input, mode)
  return { system, userAssigned, attached: attached.map((id) => id.text) }
}

describe('PATCH', () => {
  const cases: [string, IdentityInput | null | undefined, { system: boolean; userAssigned: string[]; attached: string[] }][] = [
    ['no block changes nothing', undefined, { system: true, userAssigned: [u1], attached: [] }],
    ['null removes all', null, { system: false, userAssigned: [], attached: [] }],
    ['None removes all', { type: 'None', userAssignedIdentities: null }, { system: false, userAssigned: [], attached: [] }],
    ['SystemAssigned drops the ids', { type: 'SystemAssigned' }, { system: true, userAssigned: [], attached: [] }],
    ['UserAssigned without ids keeps them', { type: 'UserAssigned' }, { system: false, userAssigned: [u1], attached: [] }],
    [
      'UserAssigned with a null map keeps them',
      { type: 'UserAssigned', userAssignedIdentities: null },
      { system: false, userAssigned: [u1], attached: [] },
    ],
    [
      'adds an id; no space after the comma',
      { type: 'SystemAssigned,UserAssigned', userAssignedIdentities: { [u2]: {} } },
      { system: true, userAssigned: [u1, u2], attached: [u2] },
    ],
    [
      'null takes an id off in any casing',
      { type: 'SystemAssigned, UserAssigned', userAssignedIdentities: { [u1.toLowerCase()]: null } },
      { system: true, userAssigned: [], attached: [] },
    ],
    [
      'an id that is there in another casing is not attached again',
      { type: 'SystemAssigned, UserAssigned', userAssignedIdentities: { [u1.toUpperCase()]: {} } },
      { system: true, userAssigned: [u1], attached: [] },
    ],
    [
      'the last id may be taken off while leaving UserAssigned',
      { type: 'SystemAssigned', userAssignedIdentities: { [u1]: null } },
      { system: true, userAssigned: [], attached: [] },
    ],
  ]
  for (const [name, input, expected] of cases) test(name, () => assert.deepEqual(plan('merge', both, input), expected))
})

describe('PUT', () => {
  test('is the exact set', () => {
    const input = { type: 'UserAssigned', userAssignedIdentities: { [u2]: {} } }
    assert.deepEqual(plan('replace', both, input), { system: false, userAssigned: [u2], attached: [u2] })
  })
  test('without a block leaves the identity as it is; with null it is gone', () => {
    assert.deepEqual(plan('replace', both, undefined), { system: true, userAssigned: [u1], attached: [] })
    assert.deepEqual(plan('replace', both, null), { system: false, userAssigned: [], attached: [] })
  })
})

describe('refused', () => {
  const cases: [string, IdentityInput, string][] = [
    ['an unknown type', { type: 'Sometimes' }, 'InvalidRequestContent'],
    ['None together with another', { type: 'None, SystemAssigned' }, 'InvalidRequestContent'],
    ['UserAssigned that names none', { type: 'UserAssigned' }, 'FailedIdentityOperation'],
    ['ids without UserAssigned', { type: 'SystemAssigned', userAssignedIdentities: { [u1]: {} } }, 'FailedIdentityOperation'],
    ['a key that is no id', { type: 'UserAssigned', userAssignedIdentities: { u1: {} } }, 'LinkedInvalidPropertyId'],
  ]
  for (const [name, input, code] of cases) {
    test(name, () => {
      for (const mode of ['replace', 'merge'] as const) {
        assert.throws(
          () => plan(mode, undefined, input),
          (error) => error instanceof InvalidResourceInputError && error.code === code,
        )
      }
    })
  }
})
