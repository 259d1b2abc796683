import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { instanceAudiences } from '../../src/azure-services/instance-audiences.ts'
import { resourceIds } from '../../src/azure-services/resource-ids.ts'
import { serviceApplications } from '../../src/azure-services/service-applications.ts'
import { openSession } from '../../src/server/index.ts'
import { orders, startEntra, type Entra } from '../support/start-entra.ts'

let entra: Entra
/** `http://127.0.0.1:PORT`: the metadata endpoint of VM web-1. */
let metadataUrl: string
let closeAll: () => Promise<unknown>
before(async () => {
  entra = await startEntra()
  const session = await openSession(entra.platform, { machine: 'web-1', resourceGroup: undefined, application: undefined })
  const metadata = await entra.platform.gateway.listenMetadata({ machineId: session.facts.machineId, port: 0 })
  metadataUrl = metadata.url
  closeAll = () => Promise.all([metadata.close(), session.close()])
})
after(async () => {
  await closeAll()
  await entra.close()
})

const distinct = [...new Set(resourceIds.map(({ resourceId }) => resourceId))]
const bare = (id: string) => id.replace(/\/$/, '')
const client = { grant_type: 'client_credentials', client_id: orders.clientId, client_secret: orders.secret }

interface TokenAnswer {
  readonly access_token?: string
  readonly error?: string
  readonly error_description?: string
}

function audienceOf({ access_token }: TokenAnswer): unknown {
  const claims = JSON.parse(Buffer.from(access_token?.split('.')[1] ?? '', 'base64url').toString() || '{}') as { aud?: unknown }
  return claims.aud
}

async function fromMetadata(resource: string): Promise<TokenAnswer> {
  const query = new URLSearchParams({ 'api-version': '2018-02-01', resource })
  const answer = await fetch(`${metadataUrl}/metadata/identity/oauth2/token?${query}`, { headers: { Metadata: 'true' } })
  return (await answer.json()) as TokenAnswer
}

async function fromAuthority(version: 1 | 2, demand: { resource: string } | { scope: string }): Promise<TokenAnswer> {
  const path = `/${entra.tenantId}/oauth2/${version === 2 ? 'v2.0/' : ''}token`
  return (await entra.post(path, { ...client, ...demand })).json<TokenAnswer>()
}

test('the metadata endpoint gives a token for each resource id, with and without its slash, for that very audience', async () => {
  assert.ok(distinct.length > 80, String(distinct.length))
  for (const id of distinct.flatMap((each) => [bare(each), `${bare(each)}/`])) {
    assert.equal(audienceOf(await fromMetadata(id)), id)
  }
})

test('the token endpoint gives a token for each resource id, with and without its slash', async () => {
  for (const resource of distinct.flatMap((each) => [bare(each), `${bare(each)}/`])) {
    assert.equal(audienceOf(await fromAuthority(1, { resource })), resource)
  }
})

test('the token endpoint gives a token for each resource id as a scope', async () => {
  for (const resource of distinct.flatMap((each) => [bare(each), `${bare(each)}/`])) {
    assert.equal(audienceOf(await fromAuthority(2, { scope: `${resource}/.default` })), resource)
  }
})

test('so it does for the instances of the services that have audiences for them, and for the applications of services', async () => {
  const instances = instanceAudiences.map(({ resourceId }) => resourceId.replaceAll(/\{[a-z]+\}/g, 'shop-1'))
  for (const resource of [...instances, ...serviceApplications.map(({ applicationId }) => applicationId), orders.clientId]) {
    assert.equal(audienceOf(await fromMetadata(resource)), resource)
    assert.equal(audienceOf(await fromAuthority(2, { scope: `${resource}/.default` })), resource)
  }
})

test('what names no service and no application is refused with AADSTS500011', async () => {
  const expected = /^AADSTS500011: The resource principal named (.*) was not found in the tenant named /
  for (const resource of [
    'https://nothing.azure.com',
    'https://shop.vault.azure.net',
    'https://management.azure.com/subscriptions',
    'https://*.vault.azure.net',
    '11111111-2222-4333-8444-555555555555',
  ]) {
    for (const answer of [await fromMetadata(resource), await fromAuthority(1, { resource })]) {
      assert.equal(answer.error, 'invalid_resource', resource)
      assert.equal(expected.exec(answer.error_description ?? '')?.[1], resource)
    }
  }
})
