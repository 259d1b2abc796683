import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { decodeJwt } from 'jose'
import { defaultSubscriptionId } from '../../../src/world/default-world.ts'
import { machineToken } from '../../support/call-platform.ts'
import { callManager, errorOf, openManager, type Manager } from '../../support/manager-client.ts'
import { machineId } from '../../support/start-test-platform.ts'

const day = 86_400_000
const start = Date.UTC(2026, 2, 4, 15, 6, 7)
const path = `/subscriptions/${defaultSubscriptionId}`

let time = start
let manager: Manager
before(async () => {
  manager = await openManager({ clock: () => time })
})
after(() => manager.platform.close())

const challenge = (description: string) =>
  `Bearer authorization_uri="https://login.windows.net/${manager.platform.platform.tenantId}", error="invalid_token", error_description="${description}"`

async function refused(token: string | undefined, headers?: Readonly<Record<string, string>>) {
  const answer = await callManager(manager.platform, token, 'GET', path, undefined, headers)
  return [...errorOf(answer), answer.headers['www-authenticate']]
}

describe('401 (wire.md F.2)', () => {
  test('no token: the challenge names the tenant, also before anything else is looked at', async () => {
    const expected = [
      401,
      'AuthenticationFailed',
      "Authentication failed. The 'Authorization' header is missing.",
      challenge("The authentication failed because of missing 'Authorization' header."),
    ]
    assert.deepEqual(await refused(undefined), expected)
    for (const other of ['/subscriptions/not-a-guid', '/providers/nonsense', `${path}?api-version=`]) {
      const answer = await callManager(manager.platform, undefined, 'PUT', other, 'not JSON')
      assert.equal(answer.status, 401, other)
    }
  })

  test('a header of another scheme', async () => {
    assert.deepEqual((await refused(undefined, { authorization: 'Basic bGFueWFyZA==' })).slice(0, 3), [
      401,
      'AuthenticationFailedInvalidHeader',
      "Authentication failed. The 'Authorization' header is provided in an invalid format.",
    ])
  })

  test('a token that is none, and tokens that were tampered with', async () => {
    const [header, payload, signature = ''] = manager.token.split('.')
    const forged = Buffer.from(JSON.stringify({ ...decodeJwt(manager.token), oid: 'someone-else' })).toString('base64url')
    const none = Buffer.from('{"alg":"none"}').toString('base64url')
    for (const token of [
      'x',
      'a.b.c',
      `${header}.${forged}.${signature}`,
      `${header}.${payload}.${signature.slice(0, -8)}AAAAAAAA`,
      `${header}.${payload}.`,
      `${none}.${payload}.`,
    ]) {
      assert.deepEqual(await refused(token), [
        401,
        'InvalidAuthenticationToken',
        'The access token is invalid.',
        challenge('The access token is invalid.'),
      ])
    }
  })

  test('a token for another audience', async () => {
    const token = await machineToken(manager.platform, 'https://vault.azure.net')
    assert.deepEqual(await refused(token), [
      401,
      'InvalidAuthenticationTokenAudience',
      "The access token has been obtained for wrong audience or resource 'https://vault.azure.net'. It should exactly match with one of the allowed audiences 'https://management.core.windows.net/','https://management.core.windows.net','https://management.azure.com/','https://management.azure.com'.",
      challenge('The access token is from the wrong audience or resource.'),
    ])
  })

  test('a token of another tenant', async () => {
    const other = await openManager({ clock: () => time })
    const [theirs, ours] = [other.platform.platform.tenantId, manager.platform.platform.tenantId]
    await other.platform.close()
    const [status, code, message, header] = await refused(other.token)
    assert.deepEqual([status, code], [401, 'InvalidAuthenticationTokenTenant'])
    assert.ok(
      String(message).startsWith(
        `The access token is from the wrong issuer 'https://sts.windows.net/${theirs}/'. It must match the tenant 'https://sts.windows.net/${ours}/' associated with this subscription. Please use the authority (URL) 'https://login.windows.net/${ours}' to get the token.`,
      ),
      String(message),
    )
    assert.equal(
      header,
      challenge(
        'The access token is from the wrong issuer. It must match the tenant associated with this subscription. Please use correct authority to get the token.',
      ),
    )
  })

  test('a token that has expired, with both times as Azure writes them', async (t) => {
    t.after(() => (time = start))
    time = start + day + 61_000
    assert.deepEqual(await refused(manager.token), [
      401,
      'ExpiredAuthenticationToken',
      "The access token expiry UTC time '3/5/2026 3:06:07 PM' is earlier than current UTC time '3/5/2026 3:07:08 PM'.",
      challenge('The access token has expired.'),
    ])
  })

  test('a token that is not valid yet', async (t) => {
    t.after(() => (time = start))
    time = start - day
    assert.deepEqual((await refused(manager.token)).slice(0, 2), [401, 'InvalidAuthenticationToken'])
  })

  test('every audience of this resource is taken', async () => {
    for (const audience of [
      'https://management.azure.com',
      'https://management.azure.com/',
      'https://management.core.windows.net',
      'https://management.core.windows.net/',
      manager.platform.url,
      `${manager.platform.url}/`,
    ]) {
      const answer = await callManager(manager.platform, await machineToken(manager.platform, audience), 'GET', path)
      assert.equal(answer.status, 200, `${audience} ${answer.text}`)
    }
  })

  test('the token of a principal that was deleted', async () => {
    const own = await openManager()
    try {
      assert.equal((await own.call('PATCH', machineId, { identity: { type: 'None' } })).status, 200)
      assert.deepEqual(errorOf(await own.call('GET', machineId)).slice(0, 2), [401, 'InvalidAuthenticationToken'])
    } finally {
      await own.platform.close()
    }
  })
})
