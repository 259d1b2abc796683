import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import http from 'node:http'
import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { after, before, describe, test } from 'node:test'
import tls from 'node:tls'
import { startTestPlatform, type TestPlatform } from '../support/start-test-platform.ts'

let platform: TestPlatform
before(async () => (platform = await startTestPlatform()))
after(() => platform.close())

/** A TLS connection to `host` through the machine's proxy, verified against the local authority alone. */
async function connectThrough(host: string): Promise<tls.TLSSocket> {
  const proxy = new URL(platform.session.facts.proxyUrl)
  const request = http
    .request({ host: proxy.hostname, port: proxy.port, method: 'CONNECT', path: `${host}:443`, agent: false })
    .end()
  const [, socket] = (await once(request, 'connect')) as [unknown, Socket]
  const secure = tls.connect({ socket, servername: host, ca: platform.certificateAuthority })
  await once(secure, 'secureConnect')
  return secure
}

describe('the forward proxy of a machine', () => {
  test('a tunnel to a served host ends in a certificate that verifies', async () => {
    const secure = await connectThrough('management.azure.com')
    secure.write('GET //subscriptions?api-version=2022-12-01 HTTP/1.1\r\nHost: management.azure.com\r\nConnection: close\r\n\r\n')
    const chunks: Buffer[] = []
    for await (const chunk of secure) chunks.push(chunk as Buffer)
    assert.match(Buffer.concat(chunks).toString(), /^HTTP\/1\.1 401 [\s\S]*AuthenticationFailed/)
  })

  test('a tunnel to another host is refused under --offline', async () => {
    const proxy = new URL(platform.session.facts.proxyUrl)
    const request = http
      .request({ host: proxy.hostname, port: proxy.port, method: 'CONNECT', path: 'example.com:443', agent: false })
      .end()
    const [response] = (await once(request, 'connect')) as [http.IncomingMessage]
    assert.equal(response.statusCode, 502)
  })

  test("the user's own local server is reached", async () => {
    const local = http.createServer((_request, response) => response.end('mine')).listen(0, '127.0.0.1')
    await once(local, 'listening')
    const proxy = new URL(platform.session.facts.proxyUrl)
    const path = `http://127.0.0.1:${(local.address() as AddressInfo).port}/`
    const request = http.request({ host: proxy.hostname, port: proxy.port, path, agent: false }).end()
    const [response] = (await once(request, 'response')) as [http.IncomingMessage]
    assert.equal((await response.toArray()).join(''), 'mine')
    local.close()
  })
})

test('the authority is constrained to what Lanyard serves, critically, and lives less than 825 days', () => {
  const certificate = new X509Certificate(platform.certificateAuthority)
  assert.ok(certificate.ca)
  // 2.5.29.30 nameConstraints, followed by the DER of `critical TRUE`
  assert.ok(certificate.raw.includes(Buffer.from('0603551d1e0101ff', 'hex')))
  assert.ok(certificate.validToDate.getTime() - certificate.validFromDate.getTime() < 825 * 24 * 3_600_000)
})
