import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resourceIds } from '../azure-services/resource-ids.ts'
import { isKnownResource, type AudienceDirectory } from './known-resources.ts'

const clientId = '8d1e2a60-0e5f-4ab0-9f5e-64a0b9f3c111'
const directory: AudienceDirectory = {
  findServicePrincipalByClientId: async (id) => (id === clientId ? ({ clientId } as never) : undefined),
  findApplicationByIdentifierUri: async (uri) => (uri === 'api://orders' || uri === 'https://orders.example' ? {} : undefined),
}

test('every resource id is known, with and without its slash, in any casing', async () => {
  for (const { resourceId } of resourceIds) {
    const bare = resourceId.replace(/\/$/, '')
    for (const spelling of [resourceId, bare, `${bare}/`, bare.toUpperCase()]) {
      assert.equal(await isKnownResource(spelling, directory), true, spelling)
    }
  }
})

test('applications of the directory, services on this machine and the instances of some services are known', async () => {
  for (const known of [
    clientId,
    'api://orders',
    'https://orders.example',
    'https://localhost:8443/',
    'https://127.0.0.1:8443',
    'api://AzureADTokenExchange',
    '797f4846-ba00-4fd7-ba43-dac1f8f63013',
    'https://orders.blob.core.windows.net',
    'https://orders.table.core.usgovcloudapi.net/',
    'https://orders.documents.azure.com',
    'https://logs.westeurope.kusto.windows.net',
    'https://logs.kusto.windows.net',
    'https://orders.servicebus.windows.net',
    'https://westeurope.asazure.windows.net',
  ])
    assert.equal(await isKnownResource(known, directory), true, known)
})

test('a name below one of Azure domains is not enough', async () => {
  for (const unknown of [
    '',
    'https://nothing.azure.com',
    'https://orders.vault.azure.net',
    'https://management.azure.com//',
    'https://management.azure.com/subscriptions',
    'http://vault.azure.net',
    'https://notazure.com',
    'https://azure.com.evil.example',
    'https://a@management.azure.com',
    'https://user@localhost',
    'https://.blob.core.windows.net',
    'https://a.b.blob.core.windows.net',
    'https://orders.blob.core.windows.net.evil.example',
    'https://{account}.blob.core.windows.net',
    'https://a.asazure.windows.net.evil.example',
    'api://x',
    'https://azure.com /',
    '11111111-2222-4333-8444-555555555555',
    'a'.repeat(1025),
  ])
    assert.equal(await isKnownResource(unknown, directory), false, unknown)
})
