import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createLocalJWKSet, jwtVerify, SignJWT, type JSONWebKeySet } from 'jose'
import type { Answer } from '../support/call-platform.ts'
import { orders, startEntra, type Entra } from '../support/start-entra.ts'

let entra: Entra
let v1: string
let v2: string
before(async () => {
  entra = await startEntra()
  v1 = `/${entra.tenantId}/oauth2/token`
  v2 = `/${entra.tenantId}/oauth2/v2.0/token`
})
after(() => entra.close())

const someGuid = '44444444-4444-4444-8444-444444444444'
const scope = 'https://vault.azure.net/.default'
const grant = { grant_type: 'client_credentials', client_id: orders.clientId, client_secret: orders.secret }

/** The error that an answer tells, with what differs from request to request left out. */
function errorOf(answer: Answer): readonly [status: number, error: string, description: string] {
  const body = answer.json<{
    error: string
    error_description: string
    error_codes: number[]
    timestamp: string
    trace_id: string
    correlation_id: string
    error_uri: string
  }>()
  const [code] = body.error_codes
  const timestamp = `${new Date(entra.time.now).toISOString().slice(0, 19).replace('T', ' ')}Z`
  const tail = ` Trace ID: ${body.trace_id} Correlation ID: ${body.correlation_id} Timestamp: ${timestamp}`
  assert.equal(body.timestamp, timestamp)
  assert.notEqual(body.trace_id, body.correlation_id)
  assert.equal(body.trace_id, answer.headers['x-ms-request-id'])
  assert.equal(body.error_uri, `https://login.microsoftonline.com/error?code=${code}`)
  assert.equal(answer.headers['cache-control'], 'no-store, no-cache')
  assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8')
  assert.ok(body.error_description.startsWith(`AADSTS${code}: `), body.error_description)
  assert.ok(body.error_description.endsWith(tail), body.error_description)
  return [answer.status, body.error, body.error_description.slice(0, -tail.length)]
}

async function keySet(path: string) {
  return createLocalJWKSet((await entra.call('GET', path)).json<JSONWebKeySet>())
}

describe('a grant', () => {
  test('of v2 is answered in numbers, and its token verifies against each key set', async () => {
    const answer = await entra.post(v2, { ...grant, scope: 'https://management.azure.com//.default' })
    assert.equal(answer.status, 200)
    assert.equal(answer.headers['cache-control'], 'no-store, no-cache')
    assert.equal(answer.headers['pragma'], 'no-cache')
    const { access_token, ...rest } = answer.json<{ access_token: string }>()
    assert.deepEqual(rest, { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599 })
    for (const path of [
      `/${entra.tenantId}/discovery/v2.0/keys`,
      `/${entra.tenantId}/discovery/keys`,
      '/common/discovery/keys',
    ]) {
      const { payload, protectedHeader } = await jwtVerify(access_token, await keySet(path), {
        issuer: `https://sts.windows.net/${entra.tenantId}/`,
        audience: 'https://management.azure.com/',
      })
      assert.equal(payload['appid'], orders.clientId)
      assert.equal(payload['appidacr'], '1')
      assert.equal(payload['tid'], entra.tenantId)
      assert.equal(protectedHeader.kid, protectedHeader['x5t'])
    }
  })

  test('of v1 is answered in strings, expires_on after expires_in', async () => {
    const answer = await entra.post(v1, { ...grant, resource: 'https://vault.azure.net' })
    const { access_token, ...rest } = answer.json<{ access_token: string }>()
    const now = Math.floor(entra.time.now / 1000)
    assert.deepEqual(rest, {
      token_type: 'Bearer',
      expires_in: '3599',
      ext_expires_in: '3599',
      expires_on: String(now + 3599),
      not_before: String(now),
      resource: 'https://vault.azure.net',
    })
    assert.ok(answer.text.indexOf('"expires_on"') > answer.text.indexOf('"expires_in"'))
    assert.equal(access_token.split('.').length, 3)
  })

  test('may name the tenant by its domain, the client in any casing, and user scopes beside its own', async () => {
    const path = '/Lanyard.OnMicrosoft.com/oauth2/v2.0/token'
    const form = { ...grant, client_id: orders.clientId.toUpperCase(), scope: `openid profile offline_access ${scope}` }
    assert.equal((await entra.post(path, form)).status, 200)
  })

  test('may be for an application by its identifier URI or its client id', async () => {
    for (const resource of [...orders.identifierUris, orders.clientId]) {
      const answer = await entra.post(v2, { ...grant, scope: `${resource}/.default` })
      const { access_token } = answer.json<{ access_token: string }>()
      const { payload } = await jwtVerify(access_token, await keySet('/common/discovery/keys'))
      assert.equal(payload.aud, resource)
    }
  })

  test('takes the credentials of a Basic header, encoded as RFC 6749 says or plain', async () => {
    const form = { grant_type: 'client_credentials', scope }
    const basic = (text: string) => ({ authorization: `Basic ${btoa(text)}` })
    const encoded = basic(`${orders.clientId}:${encodeURIComponent(orders.secret)}`)
    assert.equal((await entra.post(v2, form, encoded)).status, 200)
    const { secret } = await entra.platform.lendSecret(orders.name)
    assert.equal((await entra.post(v2, form, basic(`${orders.clientId}:${secret}`))).status, 200)
    const wrong = errorOf(await entra.post(v2, { ...form, ...grant }, basic(`${orders.clientId}:no`)))
    assert.deepEqual(wrong.slice(0, 2), [401, 'invalid_client'])
    const none = errorOf(await entra.post(v2, form, basic(orders.clientId)))
    assert.match(none[2], /^AADSTS7000218: /)
  })
})

describe('Entra says', () => {
  const says = (
    name: string,
    form: Readonly<Record<string, string>>,
    expected: readonly [number, string, string],
    path: () => string = () => v2,
  ) => {
    test(name, async () => {
      const description = expected[2].replaceAll('{tenant}', entra.tenantId)
      assert.deepEqual(errorOf(await entra.post(path(), form)), [expected[0], expected[1], description])
    })
  }
  const missing = (name: string) =>
    [400, 'invalid_request', `AADSTS900144: The request body must contain the following parameter: '${name}'.`] as const
  const notFound =
    'was not found in the tenant named {tenant}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.'
  const noSuchTenant = (tenant: string) =>
    `AADSTS90002: Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`
  const { client_id: _id, ...withoutClient } = grant
  const { client_secret: _secret, ...withoutSecret } = grant

  says('no grant_type', {}, missing('grant_type'))
  says('no client_id', { ...withoutClient, scope }, missing('client_id'))
  says('no scope', grant, missing('scope'))
  says('no resource', grant, missing('resource'), () => v1)
  says('no credential', { ...withoutSecret, scope }, [
    401,
    'invalid_client',
    "AADSTS7000218: The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  ])
  says('another grant', { ...grant, scope, grant_type: 'implicit' }, [
    400,
    'unsupported_grant_type',
    "AADSTS70003: The app requested an unsupported grant type 'implicit'.",
  ])
  says('an unknown application, as the request spells it', { ...grant, scope, client_id: 'Nobody' }, [
    400,
    'unauthorized_client',
    "AADSTS700016: Application with identifier 'Nobody' was not found in the directory '{tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.",
  ])
  says('a wrong secret', { ...grant, scope, client_secret: 'no' }, [
    401,
    'invalid_client',
    `AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${orders.clientId}'.`,
  ])
  says('a scope without /.default', { ...grant, scope: 'https://vault.azure.net/Read' }, [
    400,
    'invalid_scope',
    'AADSTS1002012: The provided value for scope https://vault.azure.net/Read is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).',
  ])
  says('a scope of a user alone', { ...grant, scope: 'openid' }, [
    400,
    'invalid_scope',
    'AADSTS1002012: The provided value for scope openid is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).',
  ])
  says('two scopes', { ...grant, scope: `${scope} api://orders/.default` }, [
    400,
    'invalid_scope',
    `AADSTS70011: The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${scope} api://orders/.default is not valid.`,
  ])
  says('a scope that names no resource', { ...grant, scope: '/.default' }, [
    400,
    'invalid_scope',
    "AADSTS70011: The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope /.default is not valid. The scope format is invalid. Scope must be in a valid URI form <https://example/scope> or a valid Guid <guid/scope>.",
  ])
  says('an unknown resource of v2', { ...grant, scope: 'https://nowhere.example/.default' }, [
    400,
    'invalid_resource',
    `AADSTS500011: The resource principal named https://nowhere.example ${notFound}`,
  ])
  says(
    'an unknown resource of v1',
    { ...grant, resource: 'nowhere' },
    [400, 'invalid_resource', `AADSTS500011: The resource principal named nowhere ${notFound}`],
    () => v1,
  )
  for (const tenant of [someGuid, 'contoso.onmicrosoft.com']) {
    says(
      `an unknown tenant (${tenant})`,
      { ...grant, scope },
      [400, 'invalid_request', noSuchTenant(tenant)],
      () => `/${tenant}/oauth2/v2.0/token`,
    )
  }
  says(
    'a tenant that is no name of one',
    { ...grant, scope },
    [
      400,
      'invalid_request',
      "AADSTS900023: Specified tenant identifier 'contoso' is neither a valid DNS name, nor a valid external domain.",
    ],
    () => '/contoso/oauth2/v2.0/token',
  )
  for (const tenant of ['common', 'organizations', 'consumers']) {
    says(
      `no tenant for an application under ${tenant}`,
      { ...grant, scope },
      [
        400,
        'invalid_request',
        'AADSTS50059: No tenant-identifying information found in either the request or implied by any provided credentials.',
      ],
      () => `/${tenant}/oauth2/v2.0/token`,
    )
  }
})

test('an expired secret is told from a wrong one', async () => {
  const { clientId, secret } = await entra.platform.lendSecret(orders.name)
  const form = { ...grant, client_id: clientId, client_secret: secret, scope }
  assert.equal((await entra.post(v2, form)).status, 200)
  entra.time.now += 25 * 3_600_000
  assert.deepEqual(errorOf(await entra.post(v2, form)), [
    401,
    'invalid_client',
    `AADSTS7000222: The provided client secret keys for app '${clientId}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`,
  ])
})

test('a client assertion is refused by name, with or without a secret beside it', async () => {
  const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
  const assert401 = async (client_assertion: string, description: RegExp, client_id = orders.clientId) => {
    for (const form of [grant, { ...grant, client_secret: '' }]) {
      const request = { ...form, client_id, scope, client_assertion, client_assertion_type: type }
      const [status, error, told] = errorOf(await entra.post(v2, request))
      assert.match(told, description)
      assert.deepEqual([status, error], told.startsWith('AADSTS700016') ? [400, 'unauthorized_client'] : [401, 'invalid_client'])
    }
  }
  const signed = (issuer: string, header: object) =>
    new SignJWT({ sub: issuer, aud: 'x' })
      .setProtectedHeader({ alg: 'HS256', ...header })
      .setIssuer(issuer)
      .sign(new Uint8Array(32))
  const certificate = await signed(orders.clientId, { x5t: Buffer.from('ABCDEF0123', 'hex').toString('base64url') })
  await assert401(
    certificate,
    /^AADSTS700027: Client assertion contains an invalid signature\. \[Reason - The key was not found\., Thumbprint of key used by client: 'ABCDEF0123'\]\.$/,
  )
  await assert401(
    await signed('https://token.actions.githubusercontent.com', {}),
    /^AADSTS700211: No matching federated identity record found for presented assertion issuer 'https:\/\/token\.actions\.githubusercontent\.com'\./,
  )
  await assert401('nonsense', /^AADSTS50027: JWT token is invalid or malformed\.$/)
  await assert401(certificate, /^AADSTS700016: /, someGuid)
})

describe('a request that is no grant', () => {
  test('whose path cannot be decoded is refused, and the platform goes on', async () => {
    for (const path of ['/%ff/oauth2/token', '/%/oauth2/v2.0/token', '/common/%zz']) {
      assert.equal((await entra.call('GET', path)).status, 400, path)
    }
    assert.equal((await entra.call('GET', '/common/discovery/keys')).status, 200)
  })

  test('with another method is told which the path accepts', async () => {
    for (const path of [v1, v2, '/common/oauth2/token']) {
      for (const method of ['GET', 'PUT', 'DELETE']) {
        assert.deepEqual(errorOf(await entra.call(method, path)), [
          400,
          'invalid_request',
          `AADSTS900561: The endpoint only accepts POST, OPTIONS requests. Received a ${method} request.`,
        ])
      }
    }
    const options = await entra.call('OPTIONS', v2)
    assert.deepEqual([options.status, options.headers['allow']], [200, 'POST, OPTIONS'])
  })

  test('with a body that is no form lacks every parameter', async () => {
    const body = JSON.stringify({ ...grant, scope })
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
      const [status, , description] = errorOf(await entra.call('POST', v2, { body, headers: { 'content-type': type } }))
      assert.deepEqual([status, description.slice(0, 13)], [400, 'AADSTS900144:'], type)
    }
    assert.match(errorOf(await entra.call('POST', v2))[2], /'grant_type'/)
  })

  test('with a body over the limit is malformed', async () => {
    assert.deepEqual(errorOf(await entra.post(v2, { ...grant, scope, padding: 'x'.repeat(70_000) })), [
      413,
      'invalid_request',
      'AADSTS9002313: Invalid request. Request is malformed or invalid.',
    ])
  })

  test('of a user, by a device code or by version 1.0, learns where users sign in', async () => {
    for (const path of ['/organizations/oauth2/v2.0/devicecode', '/common/oauth2/authorize']) {
      const answer = await entra.post(path, { client_id: orders.clientId, scope })
      assert.deepEqual([answer.status, answer.json()['error']], [400, 'unauthorized_client'])
      assert.match(String(answer.json()['error_description']), /signs no users in at this address/)
    }
    const nothing = await entra.call('GET', `/${entra.tenantId}/nothing`)
    assert.deepEqual([nothing.status, nothing.json()['error']], [404, 'invalid_request'])
  })
})

describe('the client-request-id', () => {
  const id = 'ABCDEF12-3456-4789-8abc-def012345678'

  test('is the correlation id, from the header, the query or the form', async () => {
    const correlationId = async (answer: Promise<Answer>) => (await answer).json()['correlation_id']
    assert.equal(await correlationId(entra.post(v2, {}, { 'client-request-id': id })), id)
    assert.equal(await correlationId(entra.post(`${v2}?client-request-id=${id}`, {})), id)
    assert.equal(await correlationId(entra.post(v2, { 'client-request-id': id })), id)
    assert.equal(await correlationId(entra.call('GET', `/${someGuid}/discovery/keys?client-request-id=${id}`)), id)
    assert.notEqual(await correlationId(entra.post(v2, {}, { 'client-request-id': 'mine' })), 'mine')
  })

  test('comes back in a header when the client asks for it', async () => {
    const ask = { 'client-request-id': id, 'return-client-request-id': 'true' }
    for (const form of [{ ...grant, scope }, {}]) assert.equal((await entra.post(v2, form, ask)).headers['client-request-id'], id)
    const unasked = await entra.post(v2, { ...grant, scope }, { 'client-request-id': id })
    assert.equal(unasked.headers['client-request-id'], undefined)
    assert.notEqual(unasked.headers['x-ms-request-id'], undefined)
  })
})
