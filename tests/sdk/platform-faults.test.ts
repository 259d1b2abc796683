// What Azure's SDK makes of a platform that lags behind: identities, principals and roles that are not there yet, or no longer.
import assert from 'node:assert/strict'
import tls from 'node:tls'
import { after, test } from 'node:test'
import { AuthorizationManagementClient } from '@azure/arm-authorization'
import { ResourceManagementClient } from '@azure/arm-resources'
import { ClientSecretCredential, ManagedIdentityCredential } from '@azure/identity'
import type { FaultInput } from '../../src/faults/fault-schema.ts'
import { startLanyard } from '../../src/testing/index.ts'
import { defaultSubscriptionId } from '../../src/world/default-world.ts'
import { outcome, type Failure } from './programs/story.ts'

const lanyard = await startLanyard()
after(() => lanyard.close())
tls.setDefaultCACertificates([...tls.getCACertificates('default'), lanyard.authority.certificateAuthority])
const { id: machineId, proxyOptions } = await lanyard.machine('web-1')
const groupId = `/subscriptions/${defaultSubscriptionId}/resourceGroups/lanyard`
const credential = () => new ManagedIdentityCredential({ proxyOptions })
const tokenFor = async (service: string) => (await credential().getToken(`https://${service}/.default`)).token.split('.').length
const readGroup = async () =>
  (await new ResourceManagementClient(credential(), defaultSubscriptionId, { proxyOptions }).resourceGroups.get('lanyard')).name

/** Runs a test with a fault that is gone after it, and the clock as it was. */
function withFault(name: string, fault: FaultInput, work: () => Promise<void>): void {
  test(`@azure/identity and the management clients: ${name}`, async () => {
    lanyard.faults.add(fault)
    try {
      await work()
    } finally {
      lanyard.faults.clear()
      lanyard.clock.reset()
    }
  })
}

function assertFailed(failure: unknown, name: string, code: string | undefined, message: RegExp) {
  const told = failure as Failure
  assert.deepEqual([told.failed, told.code], [name, code], JSON.stringify(told))
  assert.match(told.message, message)
}

withFault('a role that is taken away counts on for the token that was given out', { kind: 'stale-access' }, async () => {
  assert.equal(await readGroup(), 'lanyard')
  const listed = await lanyard.administrator.request(
    'GET',
    `${groupId}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01&$filter=atScope()`,
  )
  const { value } = listed.body as { value: readonly { id: string; properties: { scope: string } }[] }
  for (const { id, properties } of value) {
    if (properties.scope === groupId) await lanyard.administrator.request('DELETE', `${id}?api-version=2022-04-01`)
  }
  assert.equal(await readGroup(), 'lanyard')
  lanyard.faults.clear()
  assertFailed(await outcome(readGroup()), 'RestError', 'AuthorizationFailed', /does not have authorization/)
})

withFault(
  'a token that is refused before its end is not asked for anew',
  { kind: 'early-refusal', duration: '24h' },
  async () => {
    assertFailed(await outcome(readGroup()), 'RestError', 'ExpiredAuthenticationToken', /access token expiry UTC time/)
  },
)

withFault('an identity that is not there yet', { kind: 'identity-delay', duration: '1h' }, async () => {
  assertFailed(await outcome(tokenFor('vault.azure.net')), 'CredentialUnavailableError', undefined, /Identity not found/)
  lanyard.clock.advance({ hours: 1 })
  assert.equal(await tokenFor('vault.azure.net'), 3)
})

withFault(
  'a principal that is not there yet, unless its type is named',
  { kind: 'principal-delay', duration: '1h' },
  async () => {
    const { tenantId, clientId, clientSecret } = lanyard.administrator
    const administrator = new ClientSecretCredential(tenantId, clientId, clientSecret, { proxyOptions })
    const { roleAssignments } = new AuthorizationManagementClient(administrator, defaultSubscriptionId, { proxyOptions })
    const machine = await lanyard.administrator.request('GET', `${machineId}?api-version=2024-07-01`)
    const { principalId } = (machine.body as { identity: { principalId: string } }).identity
    const assign = (more: object) =>
      roleAssignments.create(groupId, '6c616e79-6172-4400-8000-0000000000f7', {
        roleDefinitionId: '/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7',
        principalId,
        ...more,
      })
    assertFailed(await outcome(assign({})), 'RestError', 'PrincipalNotFound', /does not exist in the directory/)
    assert.equal((await assign({ principalType: 'ServicePrincipal' })).principalId, principalId)
  },
)

withFault('the sixth request in a second waits as long as it is told', { kind: 'throttle' }, async () => {
  lanyard.requests.clear()
  lanyard.clock.freeze()
  const services = [
    'storage.azure.com',
    'database.windows.net',
    'servicebus.azure.net',
    'eventhubs.azure.net',
    'graph.microsoft.com',
  ]
  const asked = Promise.all([...services, 'cognitiveservices.azure.com'].map(tokenFor))
  await lanyard.requests.waitFor({ endpoint: 'metadata', status: 429 })
  lanyard.clock.advance({ seconds: 1 })
  assert.deepEqual(await asked, [3, 3, 3, 3, 3, 3])
  const statuses = lanyard.requests.matching({ endpoint: 'metadata' }).map(({ status }) => status)
  assert.deepEqual([statuses.length, statuses.filter((status) => status === 429).length], [7, 1])
})
