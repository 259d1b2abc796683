import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { defaultSubscriptionId } from '../../src/world/default-world.ts'
import type { Answer } from '../support/call-platform.ts'
import { startEntra, type Entra } from '../support/start-entra.ts'

let entra: Entra
before(async () => {
  entra = await startEntra()
})
after(() => entra.close())

const graphAudience = 'https://graph.microsoft.com/'
const list = '/v1.0/servicePrincipals'

/** Code and message of a 401; what every 401 has is checked. */
function refusal(answer: Answer): readonly [code: string, message: string] {
  assert.equal(answer.status, 401)
  assert.equal(
    answer.headers['www-authenticate'],
    'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"',
  )
  const { error } = answer.json<{ error: { code: string; message: string; innerError: Record<string, string> } }>()
  assert.deepEqual(error.innerError, {
    date: new Date(entra.time.now).toISOString().slice(0, 19),
    'request-id': answer.headers['request-id'],
    'client-request-id': answer.headers['client-request-id'],
  })
  return [error.code, error.message]
}

const invalid = (message: string) => ['InvalidAuthenticationToken', message]

test('a token of Graph is accepted, under each name of its audience', async () => {
  for (const audience of [graphAudience, 'https://graph.microsoft.com', '00000003-0000-0000-c000-000000000000'])
    assert.equal((await entra.call('GET', list, { token: await entra.token(audience) })).status, 200, audience)
})

test('no token, and a header that brings none', async () => {
  const empty = invalid('Access token is empty.')
  assert.deepEqual(refusal(await entra.call('GET', list)), empty)
  for (const authorization of ['Bearer', 'Bearer ', 'Basic eDp5'])
    assert.deepEqual(refusal(await entra.call('GET', list, { headers: { authorization } })), empty, authorization)
})

test('a token that is no token', async () => {
  const [code, message] = refusal(await entra.call('GET', list, { token: 'nonsense' }))
  assert.equal(code, 'InvalidAuthenticationToken')
  assert.match(message, /^IDX14100: JWT is not well formed, there are no dots \(\.\)\.\n/)
  const malformed = invalid('CompactToken parsing failed with error code: 80049217')
  for (const token of ['a.b.c', 'a.b', '..'])
    assert.deepEqual(refusal(await entra.call('GET', list, { token })), malformed, token)
})

test('a token that was tampered with', async () => {
  const [header = '', payload = '', signature = ''] = (await entra.token(graphAudience)).split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown>
  const forged = Buffer.from(JSON.stringify({ ...claims, oid: '0' })).toString('base64url')
  const flipped = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
  for (const token of [`${header}.${forged}.${signature}`, `${header}.${payload}.${flipped}`])
    assert.deepEqual(refusal(await entra.call('GET', list, { token })), invalid('Signature is invalid.'))
  const unsigned = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url')
  assert.deepEqual(refusal(await entra.call('GET', list, { token: `${unsigned}.${payload}.` })), invalid('Signature is invalid.'))
})

test('a token of another installation', async () => {
  const other = await startEntra()
  try {
    const token = await other.token(graphAudience)
    assert.deepEqual(refusal(await entra.call('GET', list, { token })), invalid('Signature is invalid.'))
  } finally {
    await other.close()
  }
})

test('a token for another audience', async () => {
  const token = await entra.token('https://management.azure.com/')
  assert.deepEqual(
    refusal(await entra.call('GET', list, { token })),
    invalid('Access token validation failure. Invalid audience.'),
  )
})

test('a token before and after its time', async () => {
  const token = await entra.token(graphAudience)
  entra.time.now += 3598_000
  assert.equal((await entra.call('GET', list, { token })).status, 200)
  entra.time.now += 2_000
  assert.deepEqual(
    refusal(await entra.call('GET', list, { token })),
    invalid('Lifetime validation failed, the token is expired.'),
  )
  entra.time.now -= 3600_000 + 301_000
  assert.deepEqual(refusal(await entra.call('GET', list, { token })), invalid('Access token has expired or is not yet valid.'))
  entra.time.now += 301_000
})

test('a token of a managed identity that is switched off', async () => {
  const machine = `/subscriptions/${defaultSubscriptionId}/resourceGroups/lanyard/providers/Microsoft.Compute/virtualMachines/web-1`
  const metadata = await entra.platform.gateway.listenMetadata({ machineId: machine, port: 0 })
  const address = `${metadata.url}/metadata/identity/oauth2/token?api-version=2018-02-01&resource=${graphAudience}`
  const issued = (await (await fetch(address, { headers: { Metadata: 'true' } })).json()) as { access_token: string }
  await metadata.close()
  const asMachine = { token: issued.access_token }
  assert.equal((await entra.call('GET', list, asMachine)).status, 200)
  const administrator = { token: await entra.token('https://management.azure.com/') }
  const removed = await entra.call('DELETE', `${machine}?api-version=2024-11-01`, administrator)
  assert.ok(removed.status < 300, removed.text)
  assert.deepEqual(refusal(await entra.call('GET', list, asMachine)), [
    'Authorization_IdentityNotFound',
    'The identity of the calling application could not be established.',
  ])
})

test('the token is looked at before the address, and the client-request-id comes back', async () => {
  assert.deepEqual(refusal(await entra.call('GET', '/v1.0/nothing')), invalid('Access token is empty.'))
  const id = 'abcdef12-3456-4789-8abc-def012345678'
  const answer = await entra.call('GET', list, { headers: { 'client-request-id': id } })
  refusal(answer)
  assert.equal(answer.headers['client-request-id'], id)
  assert.notEqual(answer.headers['request-id'], id)
})
