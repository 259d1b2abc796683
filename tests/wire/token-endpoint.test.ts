import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { pino } from 'pino'
import type { ServicePrincipal } from '../../src/directory/service-principal.ts'
import { createGraphEndpoint } from '../../src/graph/create-graph-endpoint.ts'
import type { Endpoint } from '../../src/http/endpoint.ts'
import { createTokenEndpoint } from '../../src/token-endpoint/create-token-endpoint.ts'
import { createTokenAuthority } from '../../src/tokens/create-token-authority.ts'
import type { StoredSigningKey } from '../../src/tokens/signing-key.ts'

const tenantId = '11111111-1111-4111-8111-111111111111'
const clientId = '33333333-3333-4333-8333-333333333333'
const principal: ServicePrincipal = {
  objectId: '22222222-2222-4222-8222-222222222222',
  clientId,
  displayName: 'orders',
  kind: 'application',
  managedBy: undefined,
  createdAt: 0,
}
const keys: StoredSigningKey[] = []
const principals = [principal]
const clock = () => Date.now()
const newGuid = () => crypto.randomUUID()
const logger = pino({ level: 'silent' })
const authority = createTokenAuthority({
  tenantId,
  signingKeys: {
    listSigningKeys: async () => keys,
    insertSigningKey: async (key) => void keys.push(key),
    deleteSigningKey: async () => undefined,
  },
  encryptionKey: new Uint8Array(32),
  clock,
  newGuid,
})
const directory = {
  findServicePrincipal: async (id: string) => principals.find(({ objectId }) => objectId === id.toLowerCase()),
  findServicePrincipalByClientId: async (id: string) => principals.find((one) => one.clientId === id.toLowerCase()),
  listServicePrincipals: async () => principals,
  findApplicationByIdentifierUri: async () => undefined,
  authenticateApplication: async (id: string, secret: string) => {
    if (id !== clientId) return 'unknown' as const
    if (secret === 'old') return 'expired' as const
    return secret === 's3cret:+' ? ('ok' as const) : ('wrongSecret' as const)
  },
}
const servers: ReturnType<typeof createServer>[] = []
let login = ''
let graph = ''

async function serve(endpoint: Endpoint): Promise<string> {
  const server = createServer((request, response) => {
    endpoint(request, response, { machineId: undefined, baseUrl: 'https://localhost:8443' })
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

before(async () => {
  login = await serve(await createTokenEndpoint({ authority, directory, logger, clock, newGuid }))
  graph = await serve(await createGraphEndpoint({ authority, directory, logger, newGuid }))
})
after(() => servers.forEach((server) => server.close()))

interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
}

async function post(path: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(login + path, { method: 'POST', body: new URLSearchParams(form), headers })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

async function get(url: string, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(url, { headers })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

const grant = { grant_type: 'client_credentials', client_id: clientId, client_secret: 's3cret:+' }
const v2 = `/${tenantId}/oauth2/v2.0/token`

test('a token of each grant verifies against each served key set', async () => {
  const scope = 'https://management.azure.com//.default'
  const fromV2 = await post(v2, { ...grant, scope })
  const fromV1 = await post('/common/oauth2/token', { ...grant, resource: 'https://management.azure.com/' })
  assert.equal(typeof fromV2.body['expires_in'], 'number')
  assert.equal(typeof fromV1.body['expires_on'], 'string')
  for (const path of [`/${tenantId}/discovery/v2.0/keys`, `/${tenantId}/discovery/keys`, '/common/discovery/keys']) {
    const keySet = createRemoteJWKSet(new URL(login + path))
    for (const { body } of [fromV1, fromV2]) {
      const { payload } = await jwtVerify(String(body['access_token']), keySet, {
        issuer: `https://sts.windows.net/${tenantId}/`,
        audience: 'https://management.azure.com/',
      })
      assert.equal(payload['appid'], clientId)
      assert.equal(payload['appidacr'], '1')
    }
  }
})

test('client credentials are accepted in a Basic header', async () => {
  const authorization = `Basic ${btoa(`${clientId}:${encodeURIComponent('s3cret:+')}`)}`
  const form = { grant_type: 'client_credentials', scope: 'https://vault.azure.net/.default' }
  assert.equal((await post(v2, form, { authorization })).status, 200)
})

test('errors carry the AADSTS code, status and trace ids', async () => {
  const scope = 'https://vault.azure.net/.default'
  const other = '44444444-4444-4444-8444-444444444444'
  const cases: [string, Record<string, string>, number, string, number][] = [
    [v2, { ...grant, scope, client_secret: 'no' }, 401, 'invalid_client', 7000215],
    [v2, { ...grant, scope, client_secret: 'old' }, 401, 'invalid_client', 7000222],
    [v2, { ...grant, scope, client_id: other }, 400, 'unauthorized_client', 700016],
    [v2, { ...grant, scope: 'https://vault.azure.net' }, 400, 'invalid_scope', 1002012],
    [v2, { ...grant, scope: 'https://nowhere.example/.default' }, 400, 'invalid_resource', 500011],
    [v2, { ...grant, scope, grant_type: 'password' }, 400, 'unsupported_grant_type', 70003],
    [v2, {}, 400, 'invalid_request', 900144],
    [`/${other}/oauth2/v2.0/token`, { ...grant, scope }, 400, 'invalid_request', 90002],
  ]
  for (const [path, form, status, error, code] of cases) {
    const answer = await post(path, form)
    assert.deepEqual([answer.status, answer.body['error'], answer.body['error_codes']], [status, error, [code]])
    assert.match(
      String(answer.body['error_description']),
      new RegExp(`^AADSTS${code}: .*Trace ID: ${answer.body['trace_id']} Correlation ID: `),
    )
  }
})

test('discovery names this authority on loopback, and only instances that exist', async () => {
  const { body } = await get(`${login}/${tenantId}/v2.0/.well-known/openid-configuration`)
  assert.equal(body['issuer'], `https://login.microsoftonline.com/${tenantId}/v2.0`)
  assert.equal(body['token_endpoint'], `https://localhost:8443${v2}`)
  const v1 = await get(`${login}/common/.well-known/openid-configuration`)
  assert.equal(v1.body['jwks_uri'], 'https://localhost:8443/common/discovery/keys')
  const instance = (host: string) =>
    get(
      `${login}/common/discovery/instance?api-version=1.1&authorization_endpoint=https://${host}/${tenantId}/oauth2/v2.0/authorize`,
    )
  assert.equal((await instance('login.microsoftonline.com')).status, 200)
  assert.deepEqual((await instance('login.example')).body['error_codes'], [50049])
})

test('graph finds service principals for a token of its own audience only', async () => {
  const bearer = async (resource: string) => ({
    authorization: `Bearer ${(await authority.issue({ principal, resource })).accessToken}`,
  })
  const list = `${graph}/v1.0/servicePrincipals`
  const headers = await bearer('https://graph.microsoft.com/')
  for (const filter of [
    `servicePrincipalNames/any(c:c eq '${clientId}')`,
    `startswith(displayName,'ord')`,
    `displayName eq 'orders'`,
    `appId eq '${clientId}'`,
  ]) {
    const { body } = await get(`${list}?$filter=${encodeURIComponent(filter)}`, headers)
    assert.deepEqual(
      (body['value'] as { id: string }[]).map(({ id }) => id),
      [principal.objectId],
      filter,
    )
  }
  assert.equal((await get(`${list}/${principal.objectId}`, headers)).body['appId'], clientId)
  assert.equal(((await get(`${list}/${clientId}`, headers)).body['error'] as { code: string }).code, 'Request_ResourceNotFound')
  const found = await fetch(`${graph}/v1.0/directoryObjects/getByIds`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ ids: [principal.objectId, clientId], types: ['servicePrincipal'] }),
  })
  const { value } = (await found.json()) as { value: Record<string, unknown>[] }
  assert.deepEqual(
    value.map((one) => one['@odata.type']),
    ['#microsoft.graph.servicePrincipal'],
  )
  for (const refused of [{}, await bearer('https://vault.azure.net')]) {
    const answer = await get(list, refused)
    assert.deepEqual([answer.status, (answer.body['error'] as { code: string }).code], [401, 'InvalidAuthenticationToken'])
  }
  principals.length = 0
  assert.equal((await get(list, headers)).status, 401)
  principals.push(principal)
})
