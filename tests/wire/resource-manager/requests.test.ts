import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { defaultSubscriptionId } from '../../../src/world/default-world.ts'
import { callPlatform } from '../../support/call-platform.ts'
import { errorOf, openManager, type Manager } from '../../support/manager-client.ts'
import { groupId, machineId } from '../../support/start-test-platform.ts'

const subscription = `/subscriptions/${defaultSubscriptionId}`
const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

let manager: Manager
before(async () => {
  manager = await openManager()
})
after(() => manager.platform.close())

describe('headers (wire.md F.1)', () => {
  test('of every answer', async () => {
    const { headers } = await manager.call('GET', machineId, undefined, {
      'x-ms-correlation-request-id': 'my-correlation',
      'x-ms-client-request-id': 'my-request',
      'x-ms-return-client-request-id': 'True',
    })
    assert.match(String(headers['x-ms-request-id']), guid)
    assert.equal(headers['x-ms-correlation-request-id'], 'my-correlation')
    assert.equal(headers['x-ms-client-request-id'], 'my-request')
    assert.match(String(headers['x-ms-routing-request-id']), /^LANYARD:\d{8}T\d{6}Z:[0-9a-f-]{36}$/)
    assert.equal(headers['content-type'], 'application/json; charset=utf-8')
    assert.equal(headers['cache-control'], 'no-cache')
    assert.equal(headers['pragma'], 'no-cache')
    assert.equal(headers['expires'], '-1')
    assert.equal(headers['x-content-type-options'], 'nosniff')
  })

  test('of an answer that refuses: the correlation is the request when the client named none', async () => {
    const answer = await callPlatform(manager.platform, 'GET', machineId)
    assert.equal(answer.status, 401)
    assert.match(String(answer.headers['x-ms-request-id']), guid)
    assert.equal(answer.headers['x-ms-correlation-request-id'], answer.headers['x-ms-request-id'])
    assert.equal(answer.headers['x-ms-client-request-id'], undefined)
    assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8')
  })

  test('what remains of the rate limits, by kind of request', async () => {
    const of = async (method: string, path: string) =>
      Object.keys((await manager.call(method, path)).headers).filter((name) => name.startsWith('x-ms-ratelimit'))
    const none = `${groupId}/providers/Microsoft.Compute/disks/none`
    assert.deepEqual(await of('GET', none), ['x-ms-ratelimit-remaining-subscription-reads'])
    assert.deepEqual(await of('PUT', none), ['x-ms-ratelimit-remaining-subscription-writes'])
    assert.deepEqual(await of('DELETE', none), ['x-ms-ratelimit-remaining-subscription-deletes'])
    assert.deepEqual(await of('GET', '/subscriptions'), ['x-ms-ratelimit-remaining-tenant-reads'])
  })
})

describe('api-version', () => {
  test('missing or empty', async () => {
    const expected = [
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
    ]
    for (const path of [machineId, `${machineId}?api-version=`]) {
      assert.deepEqual(errorOf(await callPlatform(manager.platform, 'GET', path, { token: manager.token })), expected)
    }
  })

  test('malformed or unknown: the code that makes Azure PowerShell fall back', async () => {
    for (const bad of ['latest', '2024-13-01', '2024-02-31', '1999-01-01', '2031-01-01', '2024-11-01-', "2024-11-01'"]) {
      const [status, code, message] = errorOf(await manager.call('GET', `${machineId}?api-version=${bad}`))
      assert.deepEqual([status, code], [400, 'InvalidApiVersionParameter'], bad)
      assert.match(
        message,
        /^The api-version '.+' is invalid\. The supported versions are '\d{4}-\d\d-\d\d(,\d{4}-\d\d-\d\d)+'\.$/,
      )
    }
  })

  test('any that is well formed, its name in any casing or escaped', async () => {
    for (const query of ['api-version=2014-04-01', 'Api-Version=2026-05-31', 'api%2Dversion=2025-01-31-preview']) {
      const answer = await callPlatform(manager.platform, 'GET', `${machineId}?${query}`, { token: manager.token })
      assert.equal(answer.status, 200, query)
    }
  })
})

describe('a path', () => {
  test('is matched in any casing; repeated slashes and one at the end are nothing', async () => {
    for (const path of [machineId.toUpperCase(), machineId.toLowerCase(), `/${machineId.replaceAll('/', '//')}/`]) {
      const answer = await manager.call('GET', path)
      assert.equal(answer.status, 200, answer.text)
      assert.equal(answer.json()['id'], machineId)
    }
  })

  test('is decoded once, by segment', async () => {
    assert.equal((await manager.call('GET', machineId.replace('web-1', 'web%2D1'))).json()['id'], machineId)
    assert.equal((await manager.call('GET', machineId.replace('.Compute', '%2ECompute'))).json()['id'], machineId)
    // An escaped slash is no separator, and what is escaped twice stays escaped.
    for (const name of [
      'web-1%2fextensions',
      'web%252D1',
      'a%5Cb',
      'a%3Fb',
      'a%00b',
      'a%23b',
      'a*',
      'a%3Cb',
      '..',
      '%2e%2e',
      '.',
    ]) {
      const [status, code] = errorOf(await manager.call('PUT', machineId.replace('web-1', name), { location: 'westus' }))
      assert.deepEqual([status, code], [400, 'InvalidResourceName'], name)
    }
  })

  test('that climbs does not leave its scope', async () => {
    const [status] = errorOf(await manager.call('GET', `${groupId}/../lanyard/providers/Microsoft.Compute/virtualMachines/web-1`))
    assert.equal(status, 400)
  })

  test('that cannot be decoded', async () => {
    assert.deepEqual(errorOf(await manager.call('GET', '/subscriptions/%zz')), [
      400,
      'InvalidRequestUri',
      'The request URI is not properly escaped.',
    ])
  })

  test('with a subscription that is no GUID', async () => {
    for (const id of ['x', '123', `${defaultSubscriptionId}0`]) {
      assert.deepEqual(errorOf(await manager.call('GET', `/subscriptions/${id}/resourceGroups`)), [
        400,
        'InvalidSubscriptionId',
        `The provided subscription identifier '${id}' is malformed or invalid.`,
      ])
    }
  })

  test('that names nothing the control plane has', async () => {
    for (const path of [
      `${subscription}/nonsense`,
      `${subscription}/resourceGroups/lanyard/nonsense/x`,
      '/providers/Microsoft.Compute',
    ]) {
      assert.deepEqual(errorOf(await manager.call('GET', path)).slice(0, 2), [404, 'NotFound'], path)
    }
  })

  test('with a name that is too long', async () => {
    const [status, code] = errorOf(await manager.call('GET', machineId.replace('web-1', 'x'.repeat(261))))
    assert.deepEqual([status, code], [400, 'InvalidResourceName'])
  })

  test('that is longer than any id', async () => {
    const nested = `${machineId}${'/extensions/x'.repeat(400)}`
    assert.equal((await manager.call('GET', nested)).status, 404)
  })

  test('with a method that it does not have', async () => {
    for (const [method, path, allow] of [
      ['PUT', subscription, 'GET'],
      ['DELETE', subscription, 'GET'],
      ['PATCH', `${subscription}/resourceGroups`, 'GET'],
      ['POST', machineId, 'GET, HEAD, PUT, PATCH, DELETE'],
      ['DELETE', `${groupId}/providers/Microsoft.Compute/virtualMachines`, 'GET'],
    ] as const) {
      const answer = await manager.call(method, path, method === 'DELETE' ? undefined : {})
      assert.deepEqual(
        [...errorOf(answer), answer.headers['allow']],
        [405, 'MethodNotAllowed', `The requested resource does not support http method '${method}'.`, allow],
      )
    }
  })
})

describe('a body', () => {
  const put = (body: string, headers?: Readonly<Record<string, string>>) => manager.call('PUT', machineId, body, headers)

  test('that is not JSON, or no object, or not of the right shape', async () => {
    for (const body of [
      '{',
      'location=westus',
      '[]',
      '[{"location":"westus"}]',
      '"text"',
      '17',
      'null',
      '{"location":5}',
      '{"tags":{"a":1}}',
      '{"tags":[]}',
      '{"location":"westus","identity":{}}',
      '{"location":"westus","identity":[]}',
      '{"properties":"x"}',
    ]) {
      const [status, code, message] = errorOf(await put(body))
      assert.deepEqual([status, code], [400, 'InvalidRequestContent'], body)
      assert.match(message, /^The request content was invalid and could not be deserialized: '.+'$/s)
    }
  })

  test('that would reach a prototype, or is nested beyond reason', async () => {
    for (const body of [
      '{"location":"westeurope","properties":{"__proto__":{"x":1}}}',
      `{"a":${'['.repeat(70)}${']'.repeat(70)}}`,
      `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
    ]) {
      assert.deepEqual(errorOf(await put(body)).slice(0, 2), [400, 'InvalidRequestContent'])
    }
  })

  test('of another media type', async () => {
    for (const [type, shown] of [
      ['text/plain', 'text/plain'],
      ['application/x-www-form-urlencoded', 'application/x-www-form-urlencoded'],
      ['application/xml; charset=utf-8', 'application/xml'],
    ] as const) {
      assert.deepEqual(errorOf(await put('{"location":"westeurope"}', { 'content-type': type })), [
        415,
        'UnsupportedMediaType',
        `The content media type '${shown}' is not supported. Only 'application/json' is supported.`,
      ])
    }
  })

  test('with a byte order mark or a charset is taken', async () => {
    const answer = await put('\uFEFF{"location":"westeurope"}', { 'content-type': 'application/json; charset=utf-8' })
    assert.equal(answer.status, 200, answer.text)
  })

  test('over the limit', async () => {
    const answer = await put(`{"location":"westeurope","tags":{"a":"${'x'.repeat(5 * 1024 * 1024)}"}}`)
    assert.deepEqual(errorOf(answer).slice(0, 2), [413, 'RequestEntityTooLarge'])
  })

  test('is not looked at before its sender is authorised', async () => {
    const reader = await openManager({ role: 'Reader' })
    try {
      assert.deepEqual(errorOf(await reader.call('PUT', machineId, 'not JSON')).slice(0, 2), [403, 'AuthorizationFailed'])
    } finally {
      await reader.platform.close()
    }
  })

  test('that is empty, with the type and length that clients send all the same', async () => {
    const headers = { 'content-type': 'application/json', 'content-length': '0' }
    assert.equal((await manager.call('POST', `${machineId}/start`, undefined, headers)).status, 200)
    assert.equal(
      (await manager.call('DELETE', `${groupId}/providers/Microsoft.Compute/disks/none`, undefined, headers)).status,
      204,
    )
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    assert.equal((await manager.call('GET', machineId, undefined, form)).status, 200)
  })
})
