import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { generateKeyPair, exportJWK, importPKCS8, SignJWT, decodeJwt, type JWTPayload } from 'jose'
import { verifyClientAssertion } from '../../src/token-endpoint/client-assertion.ts'
import { EntraError } from '../../src/token-endpoint/entra-error.ts'
import { findIssuerKeys, type FetchDocument } from '../../src/token-endpoint/issuer-keys.ts'
import { defaultSubscriptionId } from '../../src/world/default-world.ts'
import { worldSchema } from '../../src/world/world-schema.ts'
import { callPlatform } from '../support/call-platform.ts'
import { selfSignedCertificate, type SelfSignedCertificate } from '../support/self-signed-certificate.ts'
import { startTestPlatform, type TestPlatform } from '../support/start-test-platform.ts'

const orders = '33333333-3333-4333-8333-333333333333'
const exchange = 'api://AzureADTokenExchange'
const arm = 'https://management.azure.com/.default'
const now = () => Math.floor(Date.now() / 1000)

let own: SelfSignedCertificate
let other: SelfSignedCertificate
let platform: TestPlatform
let tenant: string
before(async () => {
  ;[own, other] = await Promise.all([selfSignedCertificate(), selfSignedCertificate()])
  const group = {
    name: 'lanyard',
    userAssignedIdentities: [
      {
        name: 'pod',
        federatedCredentials: [{ name: 'cluster', cluster: 'aks-1', subject: 'system:serviceaccount:shop:orders' }],
      },
    ],
    virtualMachines: [{ name: 'web-1' }],
    machines: [{ name: 'aks-1', host: 'aks', serviceAccount: 'shop:orders' }],
  }
  platform = await startTestPlatform(
    worldSchema.parse({
      subscriptions: [{ name: 'Lanyard', id: defaultSubscriptionId, resourceGroups: [group] }],
      applications: [
        {
          name: 'orders',
          clientId: orders,
          certificates: [own.certificate],
          federatedCredentials: [
            {
              name: 'github',
              issuer: 'https://token.actions.githubusercontent.com',
              subject: 'repo:shop/orders:ref:refs/heads/main',
            },
          ],
        },
      ],
    }),
  )
  tenant = platform.platform.tenantId
})
after(() => platform.close())

async function ask(clientId: string, assertion: string, scope = arm) {
  const answer = await callPlatform(platform, 'POST', `/${tenant}/oauth2/v2.0/token`, {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      scope,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    }).toString(),
  })
  return { status: answer.status, ...answer.json<{ access_token?: string; error?: string; error_description?: string }>() }
}

const claimsOf = (token: string | undefined) => decodeJwt(token ?? '') as JWTPayload & Record<string, unknown>
const code = ({ error_description = '' }: { error_description?: string }) => /^AADSTS(\d+)/.exec(error_description)?.[1]

describe('a certificate', () => {
  const sign = async (
    changes: { claims?: object; header?: object; with?: SelfSignedCertificate; alg?: 'RS256' | 'PS256' } = {},
  ) => {
    const { with: certificate = own, alg = 'RS256' } = changes
    const claims = {
      iss: orders,
      sub: orders,
      jti: crypto.randomUUID(),
      aud: `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`,
      nbf: now(),
      exp: now() + 600,
      ...changes.claims,
    }
    return new SignJWT(claims)
      .setProtectedHeader({ alg, x5t: certificate.x5t, ...changes.header })
      .sign(await importPKCS8(certificate.privateKey, alg))
  }

  test('is known by either thumbprint, with either algorithm, and the token says that it was one', async () => {
    for (const assertion of [
      await sign(),
      await sign({ header: { x5t: undefined, 'x5t#S256': own.x5tS256 }, alg: 'PS256' }),
      await sign({ claims: { aud: `https://login.microsoftonline.com/${tenant}/v2.0` } }),
      await sign({ claims: { aud: `${platform.url}/${tenant}/oauth2/token` } }),
    ]) {
      const { access_token } = await ask(orders, assertion)
      const { appid, appidacr } = claimsOf(access_token)
      assert.deepEqual([appid, appidacr], [orders, '2'])
    }
  })

  test('is refused when unknown, forged, out of time, for another authority, or for another client', async () => {
    const cases: Readonly<Record<string, Parameters<typeof sign>[0]>> = {
      // a stranger's certificate, and a stranger's key under a known thumbprint
      '700027': { with: other },
      ' 700027': { with: other, header: { x5t: own.x5t } },
      '700024': { claims: { exp: now() - 3600 } },
      ' 700024': { claims: { nbf: now() + 3600 } },
      '700023': { claims: { aud: 'https://login.microsoftonline.com/99999999-9999-4999-8999-999999999999/oauth2/token' } },
      ' 700023': { claims: { aud: `https://evil.example/${tenant}/oauth2/token` } },
      '700021': { claims: { sub: tenant } },
      '50027': { claims: { exp: undefined } },
    }
    for (const [expected, changes] of Object.entries(cases)) {
      const answer = await ask(orders, await sign(changes))
      assert.deepEqual([answer.status, code(answer)], [401, expected.trim()], JSON.stringify(changes?.claims ?? {}))
      assert.equal(answer.access_token, undefined)
    }
  })

  test('cannot sign by a symmetric key, or by none', async () => {
    const secret = new TextEncoder().encode(own.certificate)
    const claims = { iss: orders, sub: orders, aud: `https://login.microsoftonline.com/${tenant}/v2.0`, exp: now() + 600 }
    const forged = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', x5t: own.x5t }).sign(secret)
    assert.equal(code(await ask(orders, forged)), '700027')
    const [, payload = ''] = forged.split('.')
    const none = `${Buffer.from(JSON.stringify({ alg: 'none', x5t: own.x5t })).toString('base64url')}.${payload}.`
    assert.equal((await ask(orders, none)).status, 401)
  })
})

describe('the service account of a cluster', () => {
  const machine = () => platform.platform.findMachines('aks-1', undefined).then(([found]) => found)

  test('gets the token of the identity that is federated with it', async () => {
    const cluster = await machine()
    assert.ok(cluster)
    const { token, clientId = '' } = await platform.platform.projectToken(cluster, { namespace: 'shop', name: 'orders' })
    const { iss, sub, aud } = decodeJwt(token)
    assert.match(String(iss), new RegExp(`^https://westeurope\\.oic\\.prod-aks\\.azure\\.com/${tenant}/[0-9a-f-]{36}/$`))
    assert.deepEqual([sub, aud], ['system:serviceaccount:shop:orders', [exchange]])
    const answer = await ask(clientId, token)
    const claims = claimsOf(answer.access_token)
    assert.match(String(claims['xms_mirid']), /\/userAssignedIdentities\/pod$/)
    assert.deepEqual([claims['appid'], claims['appidacr']], [clientId, '2'])
    assert.equal(Number(claims['exp']) - Number(claims['iat']), 86_400)
  })

  test('is refused as another service account, for another identity, and for the wrong audience', async () => {
    const cluster = await machine()
    assert.ok(cluster)
    const { clientId = '', token } = await platform.platform.projectToken(cluster, { namespace: 'shop', name: 'orders' })
    const stranger = await platform.platform.projectToken(cluster, { namespace: 'shop', name: 'stranger' })
    assert.equal(stranger.clientId, undefined)
    const refusal = await ask(clientId, stranger.token)
    assert.match(
      refusal.error_description ?? '',
      /^AADSTS700213: No matching federated identity record found for presented assertion subject 'system:serviceaccount:shop:stranger'\. /,
    )
    assert.equal(code(await ask(orders, token)), '700211')
    const claims = decodeJwt(token)
    const elsewhere = await platform.platform.authority.signClaims({ ...claims, aud: ['api://other'] })
    assert.equal(code(await ask(clientId, elsewhere)), '700212')
    const late = await platform.platform.authority.signClaims({ ...claims, exp: now() - 3600 })
    assert.equal(code(await ask(clientId, late)), '700024')
    const tampered = `${token.slice(0, -8)}AAAAAAAA`
    assert.equal(code(await ask(clientId, tampered)), '700027')
  })

  test('its issuer is published, and verifies it', async () => {
    const cluster = await machine()
    assert.ok(cluster)
    const { token } = await platform.platform.projectToken(cluster, { namespace: 'shop', name: 'orders' })
    const issuer = new URL(decodeJwt(token).iss ?? '')
    const listener = await platform.platform.gateway.listenForMachine({ machineId: cluster.id })
    const read = async (url: URL) =>
      callPlatform(platform, 'GET', `${url.pathname}${url.search}`, { headers: { host: url.host } })
    const configuration = (await read(new URL('.well-known/openid-configuration', issuer))).json<{
      issuer: string
      jwks_uri: string
    }>()
    assert.equal(configuration.issuer, issuer.href)
    const { keys } = (await read(new URL(configuration.jwks_uri))).json<{ keys: { kid: string }[] }>()
    assert.ok(keys.length > 0)
    const unknown = await read(new URL(`https://${issuer.host}/${tenant}/${orders}/.well-known/openid-configuration`))
    assert.equal(unknown.status, 404)
    await listener.close()
  })
})

describe('another issuer', () => {
  const issuer = 'https://token.actions.githubusercontent.com'
  const subject = 'repo:shop/orders:ref:refs/heads/main'
  const credential = { name: 'github', issuer, subject, audiences: [exchange] }
  let signs: Awaited<ReturnType<typeof generateKeyPair>>
  let jwk: object
  before(async () => {
    signs = await generateKeyPair('RS256')
    jwk = { ...(await exportJWK(signs.publicKey)), kid: 'k1', use: 'sig', alg: 'RS256' }
  })
  const sign = (claims: object = {}) =>
    new SignJWT({ iss: issuer, sub: subject, aud: exchange, exp: now() + 600, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .sign(signs.privateKey)
  /** The network: what other hosts would answer, and what they were asked. */
  const network = (documents: Readonly<Record<string, unknown>>) => {
    const asked: string[] = []
    const fetchDocument: FetchDocument = async (url) => {
      asked.push(url)
      return url in documents ? Response.json(documents[url]) : new Response('no', { status: 404 })
    }
    return { asked, fetchDocument }
  }
  const good = () => ({
    [`${issuer}/.well-known/openid-configuration`]: { issuer, jwks_uri: `${issuer}/keys` },
    [`${issuer}/keys`]: { keys: [jwk] },
  })
  const verify = async (assertion: string, fetchDocument: FetchDocument | undefined) => {
    const options = { isOwnIssuer: async () => false, publishedKeys: async () => [], fetchDocument, clock: Date.now }
    await verifyClientAssertion(assertion, {
      clientId: orders,
      certificates: [],
      federatedCredentials: [credential],
      findIssuerKeys: findIssuerKeys(options),
      isOwnAudience: () => false,
      now: Date.now(),
    })
  }
  const refusedWith = (wanted: number) => (error: unknown) => {
    assert.ok(error instanceof EntraError, String(error))
    assert.equal(error.code, wanted)
    return true
  }

  test('is read by its OpenID configuration', async () => {
    const { asked, fetchDocument } = network(good())
    await verify(await sign(), fetchDocument)
    assert.deepEqual(asked, [`${issuer}/.well-known/openid-configuration`, `${issuer}/keys`])
  })

  test('nobody is asked before issuer, subject and audience match', async () => {
    const { asked, fetchDocument } = network(good())
    for (const [claims, expected] of [
      [{ iss: 'https://elsewhere.example' }, 700211],
      [{ iss: `${issuer}/` }, 700211],
      [{ sub: subject.toUpperCase() }, 700213],
      [{ aud: 'api://other' }, 700212],
    ] as const) {
      await assert.rejects(verify(await sign(claims), fetchDocument), refusedWith(expected))
    }
    assert.deepEqual(asked, [])
  })

  test('that cannot be read, names another issuer, or has its keys at an address without TLS is said so', async () => {
    for (const documents of [
      {},
      {
        ...good(),
        [`${issuer}/.well-known/openid-configuration`]: { issuer: 'https://elsewhere.example', jwks_uri: `${issuer}/keys` },
      },
      { ...good(), [`${issuer}/.well-known/openid-configuration`]: { issuer, jwks_uri: 'http://169.254.169.254/keys' } },
      { [`${issuer}/.well-known/openid-configuration`]: { issuer, jwks_uri: `${issuer}/keys` } },
    ]) {
      await assert.rejects(verify(await sign(), network(documents).fetchDocument), refusedWith(50166))
    }
    await assert.rejects(verify(await sign(), undefined), refusedWith(50166))
  })

  test('a key that is not its own is refused', async () => {
    const stranger = await generateKeyPair('RS256')
    const forged = await new SignJWT({ iss: issuer, sub: subject, aud: exchange, exp: now() + 600 })
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .sign(stranger.privateKey)
    await assert.rejects(verify(forged, network(good()).fetchDocument), refusedWith(700027))
  })

  test('under --offline the platform says that it asks nobody', async () => {
    const answer = await ask(orders, await sign())
    assert.match(
      answer.error_description ?? '',
      /^AADSTS50166: Request to External OIDC endpoint failed\. Lanyard runs with --offline/,
    )
  })
})

test('the token of a managed identity stands in for an application that is federated with it', async () => {
  const told = await fetch(
    `${platform.metadataUrl}/metadata/identity/oauth2/token?api-version=2018-02-01&resource=${encodeURIComponent(exchange)}`,
    { headers: { Metadata: 'true' } },
  )
  const { access_token } = (await told.json()) as { access_token: string }
  const { iss: issuer = '', sub: subject = '', aud } = decodeJwt(access_token)
  assert.deepEqual([issuer, aud], [`https://login.microsoftonline.com/${tenant}/v2.0`, exchange])
  assert.equal(code(await ask(orders, access_token)), '700211')
  const { authority } = platform.platform
  await verifyClientAssertion(access_token, {
    clientId: orders,
    certificates: [],
    federatedCredentials: [{ name: 'machine', issuer, subject, audiences: [exchange] }],
    findIssuerKeys: findIssuerKeys({
      isOwnIssuer: async (one) => one === issuer,
      publishedKeys: () => authority.publishedKeys(),
      fetchDocument: undefined,
      clock: Date.now,
    }),
    isOwnAudience: () => false,
    now: Date.now(),
  })
})
