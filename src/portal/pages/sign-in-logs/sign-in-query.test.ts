import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SignInItem } from '../../../contracts/sign-in.ts'
import { mostRows, principalName, queryOf, requestCount, resourcesOf } from './sign-in-query.ts'

const item = (more: Partial<SignInItem> = {}, count = 1): SignInItem => ({
  id: '1',
  createdDateTime: '2026-01-01T00:00:00.000Z',
  signInEventTypes: ['managedIdentity'],
  status: { errorCode: 0 },
  lanyard: { count, lastDateTime: '2026-01-01T00:00:00.000Z' },
  ...more,
})

test('the filter of an address is what Graph is asked', () => {
  const all = { most: mostRows, failed: false, succeeded: false }
  assert.deepEqual(queryOf({}, 0), all)
  assert.deepEqual(queryOf({ status: 'failure', principal: '1111', machine: '' }, 0), { ...all, failed: true, principal: '1111' })
  assert.deepEqual(queryOf({ since: '24h' }, Date.parse('2026-01-02T00:00:00Z')), { ...all, since: '2026-01-01T00:00:00.000Z' })
  assert.deepEqual(queryOf({ since: 'yesterday' }, 0), all)
})

test('rows are counted by the requests that they stand for, and their services are named once', () => {
  const vault = { resourceId: 'https://vault.azure.net', resourceDisplayName: 'Azure Key Vault' }
  const rows = [item(vault, 5), item(vault), item({ resourceId: 'api://own' }), item()]
  assert.equal(requestCount(rows), 8)
  assert.deepEqual(resourcesOf(rows), [
    ['api://own', 'api://own'],
    ['https://vault.azure.net', 'Azure Key Vault'],
  ])
})

test('a sign-in without a principal is told by its client id, or by the machine that asked', () => {
  assert.equal(principalName(item({ servicePrincipalName: 'web-1', appId: '1111' })), 'web-1')
  assert.equal(principalName(item({ servicePrincipalName: null, appId: '1111' })), '1111')
  assert.equal(principalName(item({ servicePrincipalName: '' })), 'Unknown identity')
  const asked = item({ servicePrincipalName: null })
  const lanyard = {
    ...asked.lanyard,
    machineId: '/subscriptions/1/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/web-1',
  }
  assert.equal(principalName({ ...asked, lanyard }), 'Unknown identity of web-1')
})
