import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { after, before, describe, test } from 'node:test'
import tls from 'node:tls'
import { startTestPlatform, type TestPlatform } from '../../support/start-test-platform.ts'
import { askThrough, openTunnel } from './ask-proxy.ts'

let platform: TestPlatform
before(async () => (platform = await startTestPlatform()))
after(() => platform.close())

/** What comes back for `request`, written into a TLS connection to `host` that is verified against the local authority alone. */
async function speakThrough(host: string, request: string): Promise<string> {
  const { socket } = await openTunnel(platform.session.facts.proxyUrl, `${host}:443`)
  const secure = tls.connect({ socket, servername: host, ca: platform.certificateAuthority })
  await once(secure, 'secureConnect')
  secure.write(request)
  return Buffer.concat((await secure.toArray()) as Buffer[]).toString()
}

describe('the forward proxy of a machine', () => {
  for (const [host, path, expected] of [
    ['management.azure.com', '//subscriptions?api-version=2022-12-01', /^HTTP\/1\.1 401 [\s\S]*AuthenticationFailed/],
    ['login.microsoftonline.com', '/common/.well-known/openid-configuration', /^HTTP\/1\.1 200 [\s\S]*"token_endpoint"/],
    ['graph.microsoft.com', '/v1.0/servicePrincipals', /^HTTP\/1\.1 401 [\s\S]*InvalidAuthenticationToken/],
  ] as const) {
    test(`a tunnel to ${host} ends in a certificate that verifies`, async () => {
      assert.match(await speakThrough(host, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`), expected)
    })
  }

  test('a host that is not served is refused inside the tunnel of one that is', async () => {
    const answer = await speakThrough('management.azure.com', 'GET / HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n')
    assert.match(answer, /^HTTP\/1\.1 502 [\s\S]*Lanyard does not serve example\.com\./)
  })

  test('the metadata address answers by plain HTTP, and inside a tunnel', async () => {
    const { proxyUrl } = platform.session.facts
    const target = 'http://169.254.169.254/metadata/versions'
    assert.match((await askThrough(proxyUrl, target, { headers: { Metadata: 'true' } })).body, /"apiVersions"/)
    const { socket } = await openTunnel(proxyUrl, '169.254.169.254:80')
    socket.write('GET /metadata/versions HTTP/1.1\r\nHost: 169.254.169.254\r\nMetadata: true\r\nConnection: close\r\n\r\n')
    assert.match(Buffer.concat((await socket.toArray()) as Buffer[]).toString(), /^HTTP\/1\.1 200 [\s\S]*"apiVersions"/)
  })

  test('a request that is not meant for a proxy is told so', async () => {
    const answer = await askThrough(platform.session.facts.proxyUrl, '/', { headers: { Host: 'example.com' } })
    assert.equal(answer.status, 502)
    assert.match(answer.body, /name it in HTTP_PROXY and HTTPS_PROXY/)
  })
})

describe("the platform's own address", () => {
  test('leads each path to its endpoint, as a cloud of its own needs it', async () => {
    const ask = async (path: string) => {
      const { hostname: host, port } = new URL(platform.url)
      const secure = tls.connect({ host, port: Number(port), servername: 'localhost', ca: platform.certificateAuthority })
      await once(secure, 'secureConnect')
      secure.write(`GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`)
      return Buffer.concat((await secure.toArray()) as Buffer[]).toString()
    }
    assert.match(await ask('/metadata/endpoints?api-version=2022-09-01'), /^HTTP\/1\.1 200 [\s\S]*resourceManager/)
    assert.match(await ask('/subscriptions?api-version=2022-12-01'), /^HTTP\/1\.1 401 [\s\S]*AuthenticationFailed/)
    assert.match(await ask('/v1.0/servicePrincipals'), /^HTTP\/1\.1 401 [\s\S]*InvalidAuthenticationToken/)
    assert.match(await ask('/organizations/v2.0/.well-known/openid-configuration'), /^HTTP\/1\.1 200 [\s\S]*"jwks_uri"/)
  })

  test('knows no machine, so the metadata paths have no identity to give', async () => {
    const { hostname: host, port } = new URL(platform.url)
    const secure = tls.connect({ host, port: Number(port), servername: 'localhost', ca: platform.certificateAuthority })
    await once(secure, 'secureConnect')
    secure.write(
      `GET /metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://management.azure.com/ HTTP/1.1\r\nHost: localhost:${port}\r\nMetadata: true\r\nConnection: close\r\n\r\n`,
    )
    const answer = Buffer.concat((await secure.toArray()) as Buffer[]).toString()
    assert.doesNotMatch(answer, /access_token/)
    assert.match(answer, /^HTTP\/1\.1 4\d\d /)
  })
})

test('a platform that outlives its certificate serves a new one', async (t) => {
  let now = Date.now()
  const old = await startTestPlatform(undefined, { clock: () => now })
  t.after(() => old.close())
  const expiry = async () => {
    const { hostname: host, port } = new URL(old.url)
    // The platform's clock is not this test's: what is looked at is which certificate is served.
    const secure = tls.connect({ host, port: Number(port), servername: 'localhost', rejectUnauthorized: false })
    await once(secure, 'secureConnect')
    const { valid_to: end } = secure.getPeerCertificate()
    secure.destroy()
    return Date.parse(end)
  }
  const first = await expiry()
  now += 380 * 24 * 3_600_000
  await expiry()
  // Asked for by the connection before this line, so it is made, and the server has it.
  await old.platform.certificates.serverCertificate()
  assert.ok((await expiry()) > first)
})

test('the authority is constrained to what Lanyard serves, critically, and lives less than 825 days', () => {
  const certificate = new X509Certificate(platform.certificateAuthority)
  assert.ok(certificate.ca)
  // 2.5.29.30 nameConstraints, followed by the DER of `critical TRUE`
  assert.ok(certificate.raw.includes(Buffer.from('0603551d1e0101ff', 'hex')))
  assert.ok(certificate.validToDate.getTime() - certificate.validFromDate.getTime() < 825 * 24 * 3_600_000)
})
