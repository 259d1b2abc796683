// Azure PowerShell's requests, replayed from its published sources: PowerShell itself is not run here.
import assert from 'node:assert/strict'
import http from 'node:http'
import { after, before, describe, test } from 'node:test'
import { defaultSubscriptionId, defaultWorld } from '../../src/world/default-world.ts'
import { callPlatform, machineToken } from '../support/call-platform.ts'
import { groupId, machineId, startTestPlatform, type TestPlatform } from '../support/start-test-platform.ts'

let platform: TestPlatform
let extension: { url: string; close(): Promise<void> }
before(async () => {
  platform = await startTestPlatform({
    ...defaultWorld,
    subscriptions: defaultWorld.subscriptions.map((subscription) => ({
      ...subscription,
      resourceGroups: subscription.resourceGroups.map((group) => ({
        ...group,
        userAssignedIdentities: [{ name: 'app' }],
        virtualMachines: [{ name: 'web-1', systemAssignedIdentity: true, userAssignedIdentities: ['app'] }],
      })),
    })),
  })
  extension = await platform.platform.gateway.listenVmExtension({ machineId, port: 0 })
})
after(async () => {
  await extension.close()
  await platform.close()
})

/** A plain GET with the headers of the legacy module. */
async function get(url: string, headers: Record<string, string> = { Metadata: 'true' }) {
  return new Promise<{ status: number; body: Record<string, string> }>((resolve, reject) => {
    http
      .get(url, { headers, agent: false }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as Record<string, string> }))
      })
      .on('error', reject)
  })
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
const arm = async <T extends object>(path: string) => {
  const token = await machineToken(platform, 'https://management.core.windows.net/')
  const answer = await callPlatform(platform, 'GET', path, { token })
  return { status: answer.status, body: answer.json<T>() }
}

describe('replayed: loading Az.Accounts', () => {
  test('asks for the clouds without a token, and finds what it builds its environment of', async () => {
    const answer = await callPlatform(platform, 'GET', '/metadata/endpoints?api-version=2022-09-01')
    assert.equal(answer.status, 200)
    const cloud = answer.json()
    for (const field of ['name', 'resourceManager', 'portal', 'microsoftGraphResourceId']) {
      assert.equal(typeof cloud[field], 'string', field)
    }
    const { loginEndpoint, audiences, tenant } = cloud['authentication'] as Record<string, unknown>
    assert.deepEqual([typeof loginEndpoint, Array.isArray(audiences), typeof tenant], ['string', true, 'string'])
    const suffixes = cloud['suffixes'] as Record<string, unknown>
    for (const field of ['storage', 'sqlServerHostname', 'keyVaultDns', 'acrLoginServer']) {
      assert.equal(typeof suffixes[field], 'string', field)
    }
  })
})

describe('replayed: Connect-AzAccount -Identity', () => {
  test('tenants: the home tenant says so', async () => {
    const { status, body } = await arm<{ value: Record<string, unknown>[] }>('/tenants?api-version=2021-01-01')
    assert.equal(status, 200)
    assert.equal(body.value.length, 1)
    assert.equal(body.value[0]?.['tenantId'], platform.platform.tenantId)
    assert.equal(body.value[0]?.['tenantCategory'], 'Home')
    assert.equal(typeof body.value[0]?.['displayName'], 'string')
    assert.ok(Array.isArray(body.value[0]?.['domains']))
    assert.equal(typeof body.value[0]?.['defaultDomain'], 'string')
  })

  test('subscriptions, all and one by its id', async () => {
    const list = await arm<{ value: { subscriptionId: string; state: string }[] }>('/subscriptions?api-version=2021-01-01')
    assert.deepEqual(
      list.body.value.map(({ subscriptionId, state }) => [subscriptionId, state]),
      [[defaultSubscriptionId, 'Enabled']],
    )
    const one = await arm<{ tenantId: string }>(`/subscriptions/${defaultSubscriptionId}?api-version=2021-01-01`)
    assert.equal(one.body.tenantId, platform.platform.tenantId)
  })

  test('an api-version that is not known has the code on which the module falls back to 2016-06-01', async () => {
    const refused = await arm<{ error: { code: string } }>('/subscriptions?api-version=1999-01-01')
    assert.deepEqual([refused.status, refused.body.error.code], [400, 'InvalidApiVersionParameter'])
    assert.equal((await arm('/subscriptions?api-version=2016-06-01')).status, 200)
    assert.equal((await arm('/tenants?api-version=2016-06-01')).status, 200)
  })

  test('-AccountId: a client id chooses the user-assigned identity', async () => {
    const identity = await arm<{ properties: { clientId: string; principalId: string } }>(
      `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/app?api-version=2023-01-31`,
    )
    const { clientId } = identity.body.properties
    const answer = await get(
      `${platform.metadataUrl}/metadata/identity/oauth2/token?api-version=2018-02-01&resource=${encodeURIComponent('https://management.core.windows.net/')}&client_id=${clientId}`,
    )
    assert.deepEqual([answer.status, answer.body['client_id']], [200, clientId])
  })
})

describe('replayed: Add-AzureRmAccount -Identity', () => {
  const query = `resource=${encodeURIComponent('https://management.core.windows.net/')}`
  const expectedFields = ['access_token', 'expires_in', 'expires_on', 'not_before', 'resource', 'token_type']

  test('the token fields parse as 32-bit integers', async () => {
    const { body } = await get(`${platform.metadataUrl}/metadata/identity/oauth2/token?${query}&api-version=2018-02-01`)
    for (const field of expectedFields) assert.equal(typeof body[field], 'string', field)
    for (const field of ['expires_in', 'expires_on', 'not_before']) {
      const value = Number(body[field])
      assert.ok(Number.isInteger(value) && value < 2 ** 31, `${field}: ${body[field]}`)
    }
  })

  test('after any failure of the primary address it asks the VM extension, by GET', async () => {
    const primary = await get(`${platform.metadataUrl}/metadata/identity/oauth2/token?${query}&api-version=1999-01-01`)
    assert.equal(primary.status, 400)
    const fallback = await get(`${extension.url}/oauth2/token?${query}&api-version=2018-02-01`)
    assert.equal(fallback.status, 200)
    for (const field of expectedFields) assert.equal(typeof fallback.body[field], 'string', field)
  })

  test('an account id with a slash goes as msi_res_id, to both addresses', async () => {
    const selector = `msi_res_id=${encodeURIComponent(`${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/app`)}`
    const asked = [
      await get(`${platform.metadataUrl}/metadata/identity/oauth2/token?${query}&${selector}&api-version=2018-02-01`),
      await get(`${extension.url}/oauth2/token?${query}&${selector}&api-version=2018-02-01`),
    ]
    assert.deepEqual(
      asked.map(({ status }) => status),
      [200, 200],
    )
    assert.equal(asked[0]?.body['client_id'], asked[1]?.body['client_id'])
  })

  test('an id that is no client id is refused, and so asked for again as object_id', async () => {
    const stranger = '6c616e79-6172-4400-8000-00000000dead'
    for (const name of ['client_id', 'object_id']) {
      const { status, body } = await get(`${extension.url}/oauth2/token?${query}&${name}=${stranger}&api-version=2018-02-01`)
      assert.deepEqual([status, body['error'], body['error_description']], [400, 'invalid_request', 'Identity not found'])
    }
  })
})

describe('replayed: Get-AzVM and Get-AzureRmVM', () => {
  const compute = 'providers/Microsoft.Compute/virtualMachines'

  // Of AzureRM's first releases, the module's snapshot and a later one.
  for (const version of ['2016-04-30-preview', '2017-12-01', '2023-09-01', '2025-04-01']) {
    test(`with api-version ${version}: all, those of a group, one, and one with its status`, async () => {
      const all = await arm<{ value: { name: string }[] }>(
        `/subscriptions/${defaultSubscriptionId}/${compute}?api-version=${version}`,
      )
      const ofGroup = await arm<{ value: { name: string }[] }>(`${groupId}/${compute}?api-version=${version}`)
      for (const { status, body } of [all, ofGroup]) {
        assert.deepEqual([status, body.value.map(({ name }) => name)], [200, ['web-1']])
      }
      const one = await arm<{ identity: { principalId: string }; properties: { vmId: string } }>(
        `${machineId}?api-version=${version}`,
      )
      assert.match(one.body.identity.principalId, /^[\da-f-]{36}$/)
      const status = await arm<{ properties: { instanceView: { statuses: { code: string }[] } } }>(
        `${machineId}?$expand=instanceView&api-version=${version}`,
      )
      assert.ok(status.body.properties.instanceView.statuses.some(({ code }) => code === 'PowerState/running'))
    })
  }
})

describe('replayed: Add-AzEnvironment', () => {
  test('-ARMEndpoint: the legacy document, at version 1.0', async () => {
    const answer = await callPlatform(platform, 'GET', '/metadata/endpoints?api-version=1.0')
    const { authentication, graphEndpoint, portalEndpoint } = answer.json<{
      authentication: { loginEndpoint: string; audiences: string[] }
      graphEndpoint: string
      portalEndpoint: string
    }>()
    assert.ok(authentication.loginEndpoint.startsWith('https://'))
    assert.ok(!/adfs\/?$/i.test(authentication.loginEndpoint))
    assert.equal(typeof authentication.audiences[0], 'string')
    assert.deepEqual([typeof graphEndpoint, typeof portalEndpoint], ['string', 'string'])
  })
})
