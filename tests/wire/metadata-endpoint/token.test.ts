import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  known,
  authority,
  ask,
  askToken,
  tokenPath,
  arm,
  notFoundBody,
  refused,
  claimsOf,
  isTokenOf,
  client,
} from './ask-endpoint.ts'
import { vmId, uaiId, system, first } from './sample-machine.ts'

test('wire rule 5: every token field is text, expires_on after expires_in', async () => {
  known.identities = [system]
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
  known.identities = [system]
  const before = JSON.parse((await askToken()).text) as Record<string, string>
  known.now += 60_500
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
    known.identities = [system]
    for (const written of [audience, encodeURIComponent(audience)]) {
      const answer = await ask(`${tokenPath}?resource=${written}&api-version=2018-02-01`)
      assert.equal(claimsOf(answer)['aud'], audience)
      assert.equal((JSON.parse(answer.text) as { resource: string }).resource, audience)
    }
  })
}

test('wire rule 19: the reason phrase of a 400 is Bad Request', async () => {
  known.identities = []
  const answer = await askToken()
  assert.equal(`${answer.status} ${answer.reason}`, '400 Bad Request')
})

test('a user-assigned token names the machine that asked, a system-assigned one does not', async () => {
  known.identities = [system, first]
  const assigned = claimsOf(await askToken(client(first)))
  assert.equal(String(assigned['xms_az_rid']).toLowerCase(), vmId.toLowerCase())
  assert.equal(String(assigned['xms_mirid']).toLowerCase(), uaiId('First').toLowerCase())
  assert.equal(claimsOf(await askToken())['xms_az_rid'], undefined)
})

test('a token verifies with the authority', async () => {
  known.identities = [system]
  const { access_token } = JSON.parse((await askToken()).text) as { access_token: string }
  assert.equal((await authority.verify(access_token, [arm])).objectId, system.principal.objectId)
})

test('an identity that is removed gets no token from the next request on', async () => {
  known.identities = [system]
  isTokenOf(await askToken(), system)
  known.identities = []
  refused(await askToken(), notFoundBody)
})

test('D.4 bypass_cache, authority and unknown parameters change nothing', async () => {
  known.identities = [system]
  isTokenOf(await askToken('&bypass_cache=true&authority=x&client-request-id=1'), system)
})
