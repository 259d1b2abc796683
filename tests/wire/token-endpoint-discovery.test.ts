import assert from 'node:assert/strict'
import { createHash, X509Certificate } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { Answer } from '../support/call-platform.ts'
import { startEntra, type Entra } from '../support/start-entra.ts'

let entra: Entra
before(async () => {
  entra = await startEntra()
})
after(() => entra.close())

const someGuid = '44444444-4444-4444-8444-444444444444'
const personal = '9188040d-6c67-4c5b-b112-36a304b66dad'

function assertPublic(answer: Answer): void {
  assert.equal(answer.status, 200)
  assert.equal(answer.headers['cache-control'], 'max-age=86400, private')
  assert.equal(answer.headers['access-control-allow-origin'], '*')
  assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8')
}

/** As a client reaches the authority by its public name. */
const publicName = { headers: { host: 'login.microsoftonline.com' } }

test('the v2 configuration is complete, and names this authority as it was reached', async () => {
  for (const [options, origin] of [
    [{}, entra.url],
    [publicName, 'https://login.microsoftonline.com'],
  ] as const) {
    const answer = await entra.call('GET', `/${entra.tenantId}/v2.0/.well-known/openid-configuration`, options)
    assertPublic(answer)
    const root = `${origin}/${entra.tenantId}`
    const { claims_supported, ...rest } = answer.json<{ claims_supported: string[] }>()
    assert.deepEqual(rest, {
      token_endpoint: `${root}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic', 'none'],
      jwks_uri: `${root}/discovery/v2.0/keys`,
      response_modes_supported: ['query', 'fragment', 'form_post'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code'],
      grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials', 'password'],
      code_challenge_methods_supported: ['S256'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      issuer: `https://login.microsoftonline.com/${entra.tenantId}/v2.0`,
      request_uri_parameter_supported: false,
      userinfo_endpoint: 'https://graph.microsoft.com/oidc/userinfo',
      authorization_endpoint: `${root}/oauth2/v2.0/authorize`,
      device_authorization_endpoint: `${root}/oauth2/v2.0/devicecode`,
      http_logout_supported: true,
      frontchannel_logout_supported: true,
      end_session_endpoint: `${root}/oauth2/v2.0/logout`,
      tenant_region_scope: 'WW',
      cloud_instance_name: 'microsoftonline.com',
      cloud_graph_host_name: 'graph.windows.net',
      msgraph_host: 'graph.microsoft.com',
      rbac_url: 'https://pas.windows.net',
    })
    for (const claim of ['iss', 'sub', 'aud', 'exp', 'iat', 'tid']) assert.ok(claims_supported.includes(claim), claim)
  }
})

test('the v1 configuration has the v1 addresses and issuer', async () => {
  const answer = await entra.call('GET', `/${entra.tenantId}/.well-known/openid-configuration`)
  assertPublic(answer)
  const body = answer.json()
  assert.equal(body['issuer'], `https://sts.windows.net/${entra.tenantId}/`)
  assert.equal(body['token_endpoint'], `${entra.url}/${entra.tenantId}/oauth2/token`)
  assert.equal(body['jwks_uri'], `${entra.url}/${entra.tenantId}/discovery/keys`)
})

test('every tenant that is here has a configuration and keys with its issuer', async () => {
  for (const [segment, name, issuer] of [
    [entra.tenantId.toUpperCase(), entra.tenantId, entra.tenantId],
    ['lanyard.onmicrosoft.com', entra.tenantId, entra.tenantId],
    ['common', 'common', '{tenantid}'],
    ['Organizations', 'organizations', '{tenantid}'],
    ['consumers', 'consumers', personal],
    [personal, personal, personal],
  ] as const) {
    const v2 = (await entra.call('GET', `/${segment}/v2.0/.well-known/openid-configuration`)).json()
    assert.equal(v2['issuer'], `https://login.microsoftonline.com/${issuer}/v2.0`)
    assert.equal(v2['token_endpoint'], `${entra.url}/${name}/oauth2/v2.0/token`)
    const v1 = (await entra.call('GET', `/${segment}//.well-known/openid-configuration`)).json()
    assert.equal(v1['issuer'], `https://sts.windows.net/${issuer}/`)
    const { keys } = (await entra.call('GET', `/${segment}/discovery/v2.0/keys`)).json<{ keys: { issuer: string }[] }>()
    assert.deepEqual([...new Set(keys.map((key) => key.issuer))], [v2['issuer']])
  }
})

test('a tenant that is not here has neither', async () => {
  for (const tenant of [someGuid, 'contoso.onmicrosoft.com', 'secrets']) {
    for (const path of ['v2.0/.well-known/openid-configuration', '.well-known/openid-configuration', 'discovery/v2.0/keys']) {
      const answer = await entra.call('GET', `/${tenant}/${path}`)
      const { error, error_codes, error_description } = answer.json()
      assert.deepEqual([answer.status, error, error_codes], [400, 'invalid_tenant', [90002]])
      assert.ok(String(error_description).startsWith(`AADSTS90002: Tenant '${tenant}' not found. Check to make sure`))
      assert.equal(answer.headers['cache-control'], 'no-store, no-cache')
    }
  }
})

test('a key is published with its certificate, and only the v2 address tells an issuer', async () => {
  interface Key {
    readonly kid: string
    readonly x5t: string
    readonly x5c: readonly string[]
    readonly n: string
    readonly e: string
  }
  const answer = await entra.call('GET', '/common/discovery/keys')
  assertPublic(answer)
  const [key, ...others] = answer.json<{ keys: Key[] }>().keys
  assert.ok(key)
  assert.equal(others.length, 0)
  assert.deepEqual(Object.keys(key).toSorted(), ['cloud_instance_name', 'e', 'kid', 'kty', 'n', 'use', 'x5c', 'x5t'])
  const der = Buffer.from(key.x5c[0] ?? '', 'base64')
  assert.equal(der.toString('base64'), key.x5c[0])
  assert.equal(createHash('sha1').update(der).digest('base64url'), key.x5t)
  assert.equal(key.kid, key.x5t)
  const { n, e } = new X509Certificate(der).publicKey.export({ format: 'jwk' })
  assert.deepEqual([n, e], [key.n, key.e])
})

describe('instance discovery', () => {
  const ask = (endpoint: string, options = {}, version = '1.1') =>
    entra.call('GET', `/common/discovery/instance?api-version=${version}&authorization_endpoint=${endpoint}`, options)
  const discovered = async (answer: Promise<Answer>) => {
    assertPublic(await answer)
    return (await answer).json<{ tenant_discovery_endpoint: string; metadata: { aliases: string[] }[]; 'api-version': string }>()
  }

  test('knows every alias of the public cloud', async () => {
    const aliases = ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net']
    for (const host of aliases) {
      for (const tenant of [entra.tenantId, 'common', 'organizations', 'consumers']) {
        const body = await discovered(ask(encodeURIComponent(`https://${host}/${tenant}/oauth2/v2.0/authorize`)))
        assert.equal(body.tenant_discovery_endpoint, `https://${host}/${tenant}/v2.0/.well-known/openid-configuration`)
        assert.equal(body['api-version'], '1.1')
        assert.deepEqual(body.metadata, [
          { preferred_network: 'login.microsoftonline.com', preferred_cache: 'login.windows.net', aliases },
        ])
      }
    }
  })

  test('of a v1 endpoint names the v1 configuration', async () => {
    const body = await discovered(ask('https://login.windows.net/common/oauth2/authorize', {}, '1.0'))
    assert.equal(body.tenant_discovery_endpoint, 'https://login.windows.net/common/.well-known/openid-configuration')
  })

  test('knows an authority on loopback, with its port or as the client reached us', async () => {
    const withPort = await discovered(ask(`${entra.url}/common/oauth2/v2.0/authorize`, publicName))
    assert.equal(withPort.tenant_discovery_endpoint, `${entra.url}/common/v2.0/.well-known/openid-configuration`)
    assert.deepEqual(withPort.metadata[0]?.aliases, [new URL(entra.url).host])
    const withoutPort = 'https://localhost/common/oauth2/v2.0/authorize'
    const path = '/common/v2.0/.well-known/openid-configuration'
    const proxied = await discovered(ask(withoutPort, publicName))
    assert.equal(proxied.tenant_discovery_endpoint, `https://login.microsoftonline.com${path}`)
    assert.equal((await discovered(ask(withoutPort))).tenant_discovery_endpoint, `${entra.url}${path}`)
  })

  test('refuses what is no authority of ours', async () => {
    for (const endpoint of [
      'https://login.example/common/oauth2/v2.0/authorize',
      'http://login.microsoftonline.com/common/oauth2/v2.0/authorize',
      'https://login.microsoftonline.com/',
      'https://localhost.example/common/oauth2/authorize',
      'nonsense',
      '',
    ]) {
      const answer = await ask(encodeURIComponent(endpoint))
      const { error, error_description, error_codes } = answer.json()
      assert.deepEqual([answer.status, error, error_codes], [400, 'invalid_instance', [50049]], endpoint)
      assert.match(String(error_description), /^AADSTS50049: Unknown or invalid instance\. Trace ID: /)
    }
    assert.equal((await entra.call('GET', '/common/discovery/instance?api-version=1.1')).status, 400)
  })
})
