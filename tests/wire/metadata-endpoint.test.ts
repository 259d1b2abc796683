import assert from 'node:assert/strict'
import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import type { ServicePrincipal } from '../../src/directory/service-principal.ts'
import type { MachineFacts, MachineIdentity } from '../../src/machines/machine.ts'
import { createMetadataEndpoint } from '../../src/metadata-endpoint/create-metadata-endpoint.ts'
import { createTokenAuthority } from '../../src/tokens/create-token-authority.ts'
import type { StoredSigningKey } from '../../src/tokens/signing-key.ts'

const tenantId = '11111111-1111-4111-8111-111111111111'
const group = '/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/Web-RG'
const vmId = `${group}/providers/Microsoft.Compute/virtualMachines/web-1`
const uaiId = (name: string) => `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`

function principal(digit: string, managedBy: string, kind: ServicePrincipal['kind']): ServicePrincipal {
  const guid = (first: string) => `${first.repeat(8)}-0000-4000-8000-${digit.repeat(12)}`
  return { objectId: guid('a'), clientId: guid('c'), displayName: digit, kind, managedBy, createdAt: 0 }
}
const system: MachineIdentity = { principal: principal('1', vmId, 'systemAssigned'), userAssignedId: undefined }
const first: MachineIdentity = { principal: principal('2', uaiId('First'), 'userAssigned'), userAssignedId: uaiId('First') }
const second: MachineIdentity = { principal: principal('3', uaiId('second'), 'userAssigned'), userAssignedId: uaiId('second') }

const resource: MachineFacts['resource'] = {
  id: vmId,
  location: 'westeurope',
  tags: { env: 'test', team: 'web' },
  kind: undefined,
  managedBy: undefined,
  sku: undefined,
  plan: undefined,
  zones: ['2'],
  identity: undefined,
  properties: {
    vmId: '33333333-3333-4333-8333-333333333333',
    hardwareProfile: { vmSize: 'Standard_B1s' },
    osProfile: {
      adminUsername: 'azureuser',
      computerName: 'web-1',
      linuxConfiguration: { disablePasswordAuthentication: true, ssh: { publicKeys: [{ path: '/p', keyData: 'ssh-rsa A' }] } },
    },
    storageProfile: {
      imageReference: { publisher: 'Canonical', offer: 'ubuntu', sku: 'server', version: 'latest' },
      osDisk: { osType: 'Linux', diskSizeGB: 30, managedDisk: { storageAccountType: 'Premium_LRS' } },
      dataDisks: [{ lun: 0, diskSizeGB: 1, managedDisk: { storageAccountType: 'UltraSSD_LRS' } }],
    },
    networkProfile: { networkInterfaces: [{ id: `${group}/providers/Microsoft.Network/networkInterfaces/nic` }] },
  },
  createdAt: 0,
  changedAt: 0,
}

// What the platform knows; each test sets what it needs.
let identities: readonly MachineIdentity[] = [system]
let machineExists = true
let machineId: string | undefined = vmId
let registryFailure: Error | undefined
let now = Date.UTC(2026, 0, 1)
const logged: { fields: object; message: string }[] = []

// The facts of the machine change without a store, so nothing may be remembered.
let revision = 0
const keys: StoredSigningKey[] = []
const authority = createTokenAuthority({
  tenantId,
  signingKeys: {
    listSigningKeys: async () => keys,
    insertSigningKey: async (key) => void keys.push(key),
    deleteSigningKey: async (kid) => void keys.splice(0, keys.length, ...keys.filter((key) => key.kid !== kid)),
  },
  encryptionKey: new Uint8Array(32).fill(7),
  clock: () => now,
  newGuid: () => crypto.randomUUID(),
})
const endpoint = createMetadataEndpoint({
  authority,
  machines: {
    facts: async (machine) => {
      if (registryFailure) throw registryFailure
      assert.equal(machine.resourceId, vmId)
      return machineExists ? { resource, identities } : undefined
    },
  },
  isKnownResource: async (name) => !name.includes('unknown.example'),
  clock: () => now,
  revision: () => ++revision,
  logger: { error: (fields, message) => void logged.push({ fields, message }) },
})
const server = createServer((request, response) => endpoint(request, response, { machineId, baseUrl: 'http://169.254.169.254' }))
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
after(() => {
  server.closeAllConnections()
  server.close()
})

interface Answer {
  status: number
  reason: string
  headers: IncomingHttpHeaders
  text: string
}
interface Sent {
  method?: string
  headers?: Record<string, string>
  body?: string
}
const metadata = { Metadata: 'true' }

function ask(path: string, { method = 'GET', headers = metadata, body }: Sent = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo
    const request = httpRequest({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, reason: response.statusMessage ?? '', headers: response.headers, text })
      })
    })
    request.on('error', reject)
    request.end(body)
  })
}

const arm = 'https://management.azure.com/'
const tokenPath = '/metadata/identity/oauth2/token'
const askToken = (query = '', sent?: Sent) =>
  ask(`${tokenPath}?api-version=2018-02-01&resource=${encodeURIComponent(arm)}${query}`, sent)
const invalid = (description: string) => JSON.stringify({ error: 'invalid_request', error_description: description })
const notFoundBody = invalid('Identity not found')
const severalBody = invalid(
  'Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request',
)

function refused(answer: Answer, body: string, status = 400): void {
  assert.equal(answer.text, body)
  assert.equal(answer.status, status)
}
function claimsOf(answer: Answer): Record<string, unknown> {
  assert.equal(answer.status, 200, answer.text)
  const token = (JSON.parse(answer.text) as { access_token: string }).access_token
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>
}
function isTokenOf(answer: Answer, identity: MachineIdentity): void {
  assert.equal(claimsOf(answer)['oid'], identity.principal.objectId)
  assert.equal((JSON.parse(answer.text) as { client_id: string }).client_id, identity.principal.clientId)
}

test('wire rule 5: every token field is text, expires_on after expires_in', async () => {
  identities = [system]
  const body = JSON.parse((await askToken()).text) as Record<string, unknown>
  assert.deepEqual(Object.keys(body), [
    'access_token',
    'client_id',
    'expires_in',
    'expires_on',
    'ext_expires_in',
    'not_before',
    'resource',
    'token_type',
  ])
  for (const value of Object.values(body)) assert.equal(typeof value, 'string')
  assert.equal(body['token_type'], 'Bearer')
})

test('wire rule 6: expires_on is epoch seconds, and expires_in counts down for a token from the cache', async () => {
  identities = [system]
  const before = JSON.parse((await askToken()).text) as Record<string, string>
  now += 60_500
  const later = JSON.parse((await askToken()).text) as Record<string, string>
  assert.match(before['expires_on'] ?? '', /^\d{10}$/)
  assert.equal(later['access_token'], before['access_token'])
  assert.equal(later['expires_on'], before['expires_on'])
  assert.equal(Number(before['expires_in']) - Number(later['expires_in']), 60)
  assert.equal(later['ext_expires_in'], later['expires_in'])
})

const audiences = [arm, 'https://management.azure.com', 'https://management.core.windows.net/', 'https://arm.mock.local']
for (const audience of audiences) {
  test(`wire rules 7 and 8: ${audience} is accepted and echoed byte for byte in aud and resource`, async () => {
    identities = [system]
    for (const written of [audience, encodeURIComponent(audience)]) {
      const answer = await ask(`${tokenPath}?resource=${written}&api-version=2018-02-01`)
      assert.equal(claimsOf(answer)['aud'], audience)
      assert.equal((JSON.parse(answer.text) as { resource: string }).resource, audience)
    }
  })
}

test('wire rule 9: no Metadata header on the token path, 400 with the exact 88 bytes', async () => {
  for (const path of [tokenPath, `${tokenPath}?api-version=2018-02-01&resource=${arm}`]) {
    for (const headers of [{}, { Metadata: 'false' }, { Metadata: '' }] as Record<string, string>[]) {
      const answer = await ask(path, { headers })
      refused(answer, '{"error":"invalid_request","error_description":"Required metadata header not specified"}')
      assert.equal(answer.headers['content-length'], '88')
    }
  }
})

test('the value of the Metadata header has any casing', async () => {
  identities = [system]
  for (const value of ['True', 'TRUE', 'true']) isTokenOf(await askToken('', { headers: { metadata: value } }), system)
})

test('wire rule 10: getplatformmetadata is 404, with or without the header', async () => {
  const path = '/metadata/identity/getplatformmetadata?cred-api-version=2.0'
  assert.equal((await ask(path)).status, 404)
  assert.equal((await ask(path, { headers: {} })).status, 404)
})

test('wire rule 15: JSON has a charset, and a form content type on GET is tolerated', async () => {
  identities = [system]
  const answer = await askToken('', {
    headers: { ...metadata, 'Content-Type': 'application/x-www-form-urlencoded;charset=utf-8' },
  })
  isTokenOf(answer, system)
  assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8')
  assert.equal(answer.headers['server'], 'IMDS/150.870.65.1854')
})

test('wire rule 16: X-Forwarded-For is refused on every path', async () => {
  identities = [system]
  const headers = { ...metadata, 'X-Forwarded-For': '10.0.0.1' }
  refused(await askToken('', { headers }), invalid('Required metadata header not specified'))
  for (const path of ['/metadata/instance?api-version=2021-02-01', '/metadata/versions']) {
    refused(await ask(path, { headers }), '{ "error": "Bad request: . Required metadata header not specified" }')
  }
  assert.equal((await ask('/oauth2/token?resource=https://x', { headers })).status, 400)
})

test('wire rule 19: the reason phrase of a 400 is Bad Request', async () => {
  identities = []
  const answer = await askToken()
  assert.equal(`${answer.status} ${answer.reason}`, '400 Bad Request')
})

// wire.md D.4: what the machine has, the query, and the identity that answers or the refusal.
const unknownId = 'dddddddd-0000-4000-8000-000000000000'
const client = (of: MachineIdentity) => `&client_id=${of.principal.clientId}`
const object = (of: MachineIdentity) => `&object_id=${of.principal.objectId}`
const selection: [title: string, has: MachineIdentity[], query: string, expected: MachineIdentity | string][] = [
  ['system only, no selector: system', [system], '', system],
  ['system only, its client id: system', [system], client(system), system],
  ['system only, its object id: system', [system], object(system), system],
  ['system only, the id of its machine: not found', [system], `&msi_res_id=${vmId}`, notFoundBody],
  ['system only, another client id: not found', [system], `&client_id=${unknownId}`, notFoundBody],
  ['system only, an empty client id: not found, not system', [system], '&client_id=', notFoundBody],
  ['one user-assigned, no selector: that one', [first], '', first],
  ['one user-assigned, its client id: it', [first], client(first), first],
  ['one user-assigned, its object id: it', [first], object(first), first],
  ['one user-assigned, its resource id: it', [first], `&msi_res_id=${uaiId('First')}`, first],
  ['one user-assigned, another client id: not found', [first], `&client_id=${unknownId}`, notFoundBody],
  ['one user-assigned, its object id as client id: not found', [first], `&client_id=${first.principal.objectId}`, notFoundBody],
  ['system and one user-assigned, no selector: system', [first, system], '', system],
  ['system and user-assigned, selector of the latter: chosen', [system, first], client(first), first],
  ['system and user-assigned, selector of the system one: chosen', [system, first], object(system), system],
  ['system and user-assigned, a miss: not found', [system, first], `&object_id=${unknownId}`, notFoundBody],
  ['several user-assigned, no selector: refused', [first, second], '', severalBody],
  ['several user-assigned, selector: chosen', [first, second], client(second), second],
  ['several user-assigned, a miss: not found', [first, second], `&msi_res_id=${uaiId('third')}`, notFoundBody],
  ['system and several user-assigned, no selector: system', [first, second, system], '', system],
  ['no identity, no selector: not found', [], '', notFoundBody],
  ['no identity, a selector: not found', [], client(first), notFoundBody],
]
for (const [title, has, query, expected] of selection) {
  test(`D.4 ${title}`, async () => {
    identities = has
    const answer = await askToken(query)
    if (typeof expected === 'string') refused(answer, expected)
    else isTokenOf(answer, expected)
  })
}

for (const alias of ['msi_res_id', 'mi_res_id', 'resource_id', 'msi-res-id', 'MSI_RES_ID', 'msi%5Fres%5Fid']) {
  test(`D.4 ${alias} selects by resource id in any casing, escaped or not`, async () => {
    identities = [system, first, second]
    for (const id of [uaiId('second'), uaiId('SECOND').toUpperCase(), encodeURIComponent(uaiId('second').toLowerCase())]) {
      isTokenOf(await askToken(`&${alias}=${id}`), second)
    }
  })
}

test('D.4 more than one selector is refused with a sentence', async () => {
  identities = [system, first]
  for (const query of [client(first) + object(first), `${client(first)}&mi_res_id=${uaiId('First')}`]) {
    const answer = await askToken(query)
    assert.equal(answer.status, 400)
    assert.match(answer.text, /^\{"error":"invalid_request","error_description":"More than one identity /)
  }
})

for (const name of ['clientid', 'principal_id', 'object-id', 'principalId']) {
  test(`D.4 ${name}, a selector of another token source, is refused and not passed over`, async () => {
    identities = [system, first]
    const answer = await askToken(`&${name}=${first.principal.clientId}`)
    assert.equal(answer.status, 400)
    assert.match(answer.text, /is not known here/)
  })
}

test('D.4 bypass_cache, authority and unknown parameters change nothing', async () => {
  identities = [system]
  isTokenOf(await askToken('&bypass_cache=true&authority=x&client-request-id=1'), system)
})

test('a user-assigned token names the machine that asked, a system-assigned one does not', async () => {
  identities = [system, first]
  const assigned = claimsOf(await askToken(client(first)))
  assert.equal(String(assigned['xms_az_rid']).toLowerCase(), vmId.toLowerCase())
  assert.equal(String(assigned['xms_mirid']).toLowerCase(), uaiId('First').toLowerCase())
  assert.equal(claimsOf(await askToken())['xms_az_rid'], undefined)
})

test('a token verifies with the authority', async () => {
  identities = [system]
  const { access_token } = JSON.parse((await askToken()).text) as { access_token: string }
  assert.equal((await authority.verify(access_token, [arm])).objectId, system.principal.objectId)
})

test('an identity that is removed gets no token from the next request on', async () => {
  identities = [system]
  isTokenOf(await askToken(), system)
  identities = []
  refused(await askToken(), notFoundBody)
})

test('D.5 the header is missing on /instance, /versions', async () => {
  for (const path of ['/metadata/instance?api-version=2021-02-01', '/metadata/versions']) {
    refused(await ask(path, { headers: {} }), '{ "error": "Bad request: . Required metadata header not specified" }')
  }
})

test('D.5 api-version missing or unknown outside the identity path', async () => {
  const body =
    '{"error":"Bad request. api-version is invalid or was not specified in the request. For more information refer to ' +
    'aka.ms/azureimds","newest-versions":["2025-04-07","2024-07-17","2024-03-15"]}'
  for (const query of ['', '?api-version=', '?api-version=2021-02-02', '?api-version=2017-03-01']) {
    refused(await ask(`/metadata/instance${query}`), body)
  }
})

test('D.5 api-version missing, unknown or older than the token path', async () => {
  identities = [system]
  refused(await ask(`${tokenPath}?resource=${arm}`), invalid("Required query variable 'api-version' is missing"))
  for (const version of ['2017-12-01', '2018-02-02', '9999-01-01', 'latest']) {
    refused(await ask(`${tokenPath}?resource=${arm}&api-version=${version}`), invalid("Invalid 'api-version' requested"))
  }
  for (const version of ['2018-02-01', '2019-08-01', '2025-04-07']) {
    isTokenOf(await ask(`${tokenPath}?resource=${arm}&api%2Dversion=${version}`), system)
  }
})

test('D.5 no resource', async () => {
  for (const query of ['', '&resource=', '&resource']) {
    refused(await ask(`${tokenPath}?api-version=2018-02-01${query}`), invalid("Required query variable 'resource' is missing"))
  }
})

test('D.5 no identity: the machine is gone, or the request came from none', async () => {
  identities = [system]
  machineExists = false
  refused(await askToken(), notFoundBody)
  assert.equal((await ask('/metadata/instance?api-version=2021-02-01')).status, 404)
  machineExists = true
  machineId = undefined
  refused(await askToken(), notFoundBody)
  const instance = await ask('/metadata/instance?api-version=2021-02-01')
  assert.equal(instance.status, 404)
  assert.match(instance.text, /did not come from a virtual machine/)
  machineId = vmId
})

test('D.5 unknown resource', async () => {
  identities = [system]
  const answer = await ask(`${tokenPath}?api-version=2018-02-01&resource=https://unknown.example`)
  assert.equal(answer.status, 400)
  const body = JSON.parse(answer.text) as Record<string, string>
  assert.equal(body['error'], 'invalid_resource')
  const start = `AADSTS500011: The resource principal named https://unknown.example was not found in the tenant named ${tenantId}. `
  assert.ok(body['error_description']?.startsWith(start))
})

test('D.5 a leaf without format=text, and an unknown format', async () => {
  assert.equal((await ask('/metadata/instance/compute/location?api-version=2021-02-01')).status, 400)
  assert.equal((await ask('/metadata/instance?api-version=2021-02-01&format=xml')).status, 400)
})

test('D.5 unknown path, with or without the header', async () => {
  for (const path of ['/metadata', '/metadata/identity', '/metadata/instances', '/', '/oauth2/tokens']) {
    refused(await ask(path), '{ "error": "Not found" }', 404)
    refused(await ask(path, { headers: {} }), '{ "error": "Not found" }', 404)
  }
  refused(await ask('/metadata/instance/compute/nothing?api-version=2021-02-01'), '{ "error": "Not found" }', 404)
  refused(await ask('/metadata/instance/compute/__proto__?api-version=2021-02-01'), '{ "error": "Not found" }', 404)
})

test('D.5 wrong method', async () => {
  for (const method of ['POST', 'PUT', 'DELETE']) {
    const answer = await askToken('', { method })
    refused(answer, '{ "error": "Method not allowed" }', 405)
    assert.equal(answer.headers['allow'], 'GET')
  }
})

test('D.1 a repeated parameter or a broken escape is refused', async () => {
  identities = [system]
  for (const query of ['&resource=https://x', '&RESOURCE=https://x', '&x=%zz']) {
    const answer = await askToken(query)
    assert.equal(answer.status, 400)
    assert.match(answer.text, /^\{"error":"invalid_request",/)
  }
  assert.equal((await ask('/metadata/instance?api-version=2021-02-01&api-version=2021-02-01')).status, 400)
})

test('D.2 versions, oldest first, and the tenant', async () => {
  const { apiVersions } = JSON.parse((await ask('/metadata/versions')).text) as { apiVersions: string[] }
  assert.equal(apiVersions.length, 35)
  assert.deepEqual([apiVersions[0], apiVersions.at(-1)], ['2017-03-01', '2025-04-07'])
  refused(await ask('/metadata/identity/info?api-version=2018-02-01'), JSON.stringify({ tenantId }), 200)
})

interface Compute {
  [name: string]: unknown
}
async function computeAt(version: string): Promise<Compute> {
  return JSON.parse((await ask(`/metadata/instance/compute?api-version=${version}`)).text) as Compute
}

test('D.3 fields appear with their api-version', async () => {
  assert.deepEqual(Object.keys(await computeAt('2017-04-02')), [
    'location',
    'name',
    'offer',
    'osType',
    'platformFaultDomain',
    'platformUpdateDomain',
    'publisher',
    'sku',
    'version',
    'vmId',
    'vmSize',
  ])
  assert.equal((await computeAt('2019-06-01'))['tagsList'], undefined)
  assert.deepEqual((await computeAt('2020-07-15'))['osProfile'], { adminUsername: 'azureuser', computerName: 'web-1' })
  const newest = await computeAt('2025-04-07')
  assert.deepEqual(newest['osProfile'], {
    adminUsername: 'azureuser',
    computerName: 'web-1',
    disablePasswordAuthentication: 'true',
  })
  assert.deepEqual(newest['tagsList'], [
    { name: 'env', value: 'test' },
    { name: 'team', value: 'web' },
  ])
  assert.equal(newest['tags'], 'env:test;team:web')
  assert.equal(newest['resourceGroupName'], 'Web-RG')
  assert.equal(newest['resourceId'], vmId)
  assert.equal(newest['zone'], '2')
})

test('D.1 every primitive of /instance is text', async () => {
  const seen = new Set<string>()
  JSON.parse((await ask('/metadata/instance?api-version=2025-04-07')).text, (_name, value: unknown) => {
    seen.add(typeof value)
    return value
  })
  assert.deepEqual([...seen].sort(), ['object', 'string'])
})

test('D.1 the path descends, and format=text reads leaves and lists containers', async () => {
  const text = async (path: string) => {
    const answer = await ask(`/metadata/instance${path}?api-version=2021-05-01&format=text`)
    assert.equal(answer.headers['content-type'], 'text/plain; charset=utf-8')
    return answer.text
  }
  assert.equal(await text(''), 'compute/\nnetwork/')
  assert.equal(await text('/compute/location'), 'westeurope')
  assert.equal(await text('/compute/storageProfile/dataDisks/0/isUltraDisk'), 'true')
  assert.equal(await text('/compute/storageProfile/dataDisks/0/diskCapacityBytes'), '1073741824')
  assert.equal(await text('/network/interface'), '0/')
  assert.equal(await text('/compute/publicKeys/0'), 'keyData\npath')
})

test('VM extension: a query on GET, a form on POST, no api-version needed', async () => {
  identities = [system, first]
  const form = { ...metadata, 'Content-Type': 'application/x-www-form-urlencoded' }
  isTokenOf(await ask(`/oauth2/token?resource=${arm}&api-version=2018-02-01`), system)
  isTokenOf(await ask('/oauth2/token', { method: 'POST', headers: form, body: `resource=${encodeURIComponent(arm)}` }), system)
  isTokenOf(await ask('/oauth2/token', { method: 'POST', headers: form, body: `resource=${arm}${client(first)}` }), first)
})

test('VM extension: refusals', async () => {
  identities = [system]
  const noHeader = '{"error":"bad_request_102","error_description":"Required metadata header not specified"}'
  refused(await ask(`/oauth2/token?resource=${arm}`, { headers: {} }), noHeader)
  refused(await ask('/oauth2/token', { method: 'POST', headers: {}, body: `resource=${arm}` }), noHeader)
  assert.equal((await ask('/oauth2/token', { method: 'PUT' })).headers['allow'], 'GET, POST')
  const repeated = await ask(`/oauth2/token?resource=${arm}`, { method: 'POST', body: `resource=${arm}` })
  assert.equal(repeated.status, 400)
})

test('VM extension: a form of 64 KiB is read, a larger one is not, announced or in chunks', async () => {
  identities = [system]
  const start = `resource=${arm}&pad=`
  const full = start + 'x'.repeat(64 * 1024 - start.length)
  isTokenOf(await ask('/oauth2/token', { method: 'POST', body: full }), system)
  assert.equal((await ask('/oauth2/token', { method: 'POST', body: `${full}x` })).status, 413)
  const headers = { ...metadata, 'Transfer-Encoding': 'chunked' }
  assert.equal((await ask('/oauth2/token', { method: 'POST', headers, body: `${full}x` })).status, 413)
})

test('an unexpected failure is logged and answered with nothing of it inside', async () => {
  registryFailure = new Error('database password is hunter2')
  logged.length = 0
  const answer = await askToken('&client_id=mine')
  registryFailure = undefined
  assert.equal(answer.status, 500)
  assert.equal((JSON.parse(answer.text) as { error: string }).error, 'server_error')
  assert.doesNotMatch(answer.text, /hunter2|stack|database/)
  assert.equal(logged.length, 1)
  assert.doesNotMatch(JSON.stringify(logged), /client_id/)
})
