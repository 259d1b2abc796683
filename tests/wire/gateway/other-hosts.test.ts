import assert from 'node:assert/strict'
import { once } from 'node:events'
import http, { type IncomingMessage } from 'node:http'
import net, { type AddressInfo, type Server } from 'node:net'
import { after, before, beforeEach, describe, test } from 'node:test'
import tls from 'node:tls'
import { startProxy, type Proxy } from '../../support/start-proxy.ts'
import { startTestPlatform, type TestPlatform } from '../../support/start-test-platform.ts'
import { askThrough, openTunnel } from './ask-proxy.ts'

/** The user's own proxy as the environment would name it; a test changes it. */
let proxyOfUser = ''
let platform: TestPlatform
let origin: http.Server
let echo: Server
let request: IncomingMessage
let body: string

const portOf = (server: Server) => (server.address() as AddressInfo).port
const machineProxy = () => platform.session.facts.proxyUrl

before(async () => {
  platform = await startTestPlatform(undefined, { offline: false, proxyForUrl: () => proxyOfUser })
  origin = http.createServer((incoming, response) => void answer(incoming, response))
  echo = net.createServer((socket) => void socket.pipe(socket))
  for (const server of [origin, echo]) {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  }
})
beforeEach(() => (proxyOfUser = ''))
after(async () => {
  origin.close()
  echo.close()
  await platform.close()
})

async function answer(incoming: IncomingMessage, response: http.ServerResponse): Promise<void> {
  request = incoming
  body = Buffer.concat((await incoming.toArray()) as Buffer[]).toString()
  response.setHeader('Set-Cookie', ['a=1', 'b=2'])
  response.setHeader('Connection', 'X-Private, keep-alive')
  response.setHeader('X-Private', 'of this connection')
  response.end('the origin')
}

async function echoThrough(authority: string): Promise<string> {
  const { answer, socket } = await openTunnel(machineProxy(), authority)
  assert.equal(answer.statusCode, 200)
  socket.write('there and back')
  const [chunk] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  return chunk.toString()
}

describe('a host that Lanyard does not serve, without a proxy of the user', () => {
  test('is reached by plain HTTP; what speaks of one connection stays with it', async () => {
    const answer = await askThrough(machineProxy(), `http://127.0.0.1:${portOf(origin)}/path?q=1`, {
      method: 'POST',
      body: 'the body',
      headers: { 'Proxy-Authorization': 'Basic x', Connection: 'X-Mine', 'X-Mine': '1', 'X-Other': '2' },
    })
    assert.deepEqual([request.method, request.url, body], ['POST', '/path?q=1', 'the body'])
    assert.equal(request.headers.host, `127.0.0.1:${portOf(origin)}`)
    assert.equal(request.headers['proxy-authorization'], undefined)
    assert.equal(request.headers['x-mine'], undefined)
    assert.equal(request.headers['x-other'], '2')
    assert.equal(answer.body, 'the origin')
    assert.deepEqual(answer.headers['set-cookie'], ['a=1', 'b=2'])
    assert.equal(answer.headers['x-private'], undefined)
  })

  test('is reached through a tunnel', async () => {
    assert.equal(await echoThrough(`127.0.0.1:${portOf(echo)}`), 'there and back')
  })

  test('is given up when the client goes away', async () => {
    const silent = http.createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { hostname, port } = new URL(machineProxy())
    const path = `http://127.0.0.1:${portOf(silent)}/`
    const abandoned = http.request({ host: hostname, port, path, agent: false })
    abandoned.on('error', () => undefined).end()
    const [incoming] = (await once(silent, 'request')) as [IncomingMessage]
    const closed = once(incoming.socket, 'close')
    abandoned.destroy()
    await closed
    silent.close()
  })

  test('that does not answer is named, by HTTP and in the tunnel', async () => {
    const taken = net.createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const authority = `127.0.0.1:${portOf(taken)}`
    taken.close()
    const answer = await askThrough(machineProxy(), `http://${authority}/`)
    assert.deepEqual([answer.status, answer.body], [502, `Lanyard's proxy could not reach ${authority}.\n`])
    const tunnel = await openTunnel(machineProxy(), authority)
    assert.equal(tunnel.answer.statusCode, 502)
    assert.equal(tunnel.answer.statusMessage, `Lanyard's proxy could not reach ${authority}.`)
  })

  test('whose name is none is a mistake of the client', async () => {
    assert.equal((await askThrough(machineProxy(), 'http://[/x')).status, 400)
  })
})

describe("the user's own proxy", () => {
  let proxy: Proxy
  before(async () => (proxy = await startProxy({ credentials: 'me:p@ss word' })))
  after(() => proxy.close())
  beforeEach(() => {
    proxyOfUser = proxy.url.replace('//', '//me:p%40ss%20word@')
    proxy.seen.length = 0
  })
  const authorization = `Basic ${Buffer.from('me:p@ss word').toString('base64')}`

  test('gets plain HTTP in absolute form, with its credentials', async () => {
    const target = `http://shop.example:${portOf(origin)}/path`
    assert.equal((await askThrough(machineProxy(), target)).body, 'the origin')
    assert.deepEqual(proxy.seen, [{ line: `GET ${target}`, authorization }])
    assert.equal(request.headers.host, `shop.example:${portOf(origin)}`)
  })

  test('gets tunnels, with its credentials', async () => {
    const authority = `shop.example:${portOf(echo)}`
    assert.equal(await echoThrough(authority), 'there and back')
    assert.deepEqual(proxy.seen, [{ line: `CONNECT ${authority}`, authorization }])
  })

  test('is not asked for this machine, nor for what Lanyard serves', async () => {
    await askThrough(machineProxy(), `http://127.0.0.1:${portOf(origin)}/`)
    await askThrough(machineProxy(), 'http://169.254.169.254/metadata/versions', { headers: { Metadata: 'true' } })
    const { socket } = await openTunnel(machineProxy(), 'management.azure.com:443')
    socket.destroy()
    assert.deepEqual(proxy.seen, [])
  })

  test('that refuses is quoted, without what it was sent', async () => {
    proxyOfUser = proxy.url
    const { answer } = await openTunnel(machineProxy(), 'shop.example:443')
    assert.equal(answer.statusCode, 502)
    const host = new URL(proxy.url).host
    assert.equal(answer.statusMessage, `The proxy ${host} answered 407 Proxy Authentication Required for shop.example:443.`)
    assert.equal((await askThrough(machineProxy(), 'http://shop.example/')).status, 407)
  })

  test('may be spoken to over TLS', async () => {
    const certificates = tls.getCACertificates('default')
    tls.setDefaultCACertificates([...certificates, platform.certificateAuthority])
    const secure = await startProxy({ tls: await platform.platform.certificates.serverCertificate() })
    try {
      proxyOfUser = secure.url
      assert.equal(await echoThrough(`shop.example:${portOf(echo)}`), 'there and back')
      assert.equal((await askThrough(machineProxy(), `http://shop.example:${portOf(origin)}/`)).body, 'the origin')
      assert.equal(secure.seen.length, 2)
    } finally {
      tls.setDefaultCACertificates(certificates)
      secure.close()
    }
  })

  for (const [named, sentence] of [
    ['socks5://me:secret@127.0.0.1:1080', /not through socks5:\/\/127\.0\.0\.1:1080\./],
    ['http://', /does not hold an address/],
  ] as const) {
    test(`of a kind that cannot be used is refused with a sentence: ${named}`, async () => {
      proxyOfUser = named
      const answer = await askThrough(machineProxy(), 'http://shop.example/')
      assert.equal(answer.status, 502)
      assert.match(answer.body, sentence)
      assert.doesNotMatch(answer.body, /secret/)
      assert.match((await openTunnel(machineProxy(), 'shop.example:443')).answer.statusMessage ?? '', sentence)
    })
  }
})

describe('under --offline', () => {
  let offline: TestPlatform
  before(async () => (offline = await startTestPlatform(undefined, { proxyForUrl: () => 'http://127.0.0.1:9' })))
  after(() => offline.close())

  test('a host that is not served is refused, by HTTP and in the tunnel', async () => {
    const { proxyUrl } = offline.session.facts
    const answer = await askThrough(proxyUrl, 'http://example.com/')
    assert.equal(answer.status, 502)
    assert.match(answer.body, /runs with --offline and does not serve example\.com/)
    const tunnel = await openTunnel(proxyUrl, 'example.com:443')
    assert.equal(tunnel.answer.statusCode, 502)
    assert.match(tunnel.answer.statusMessage ?? '', /runs with --offline and does not serve example\.com/)
  })

  test("the user's own local server is reached", async () => {
    const answer = await askThrough(offline.session.facts.proxyUrl, `http://127.0.0.1:${portOf(origin)}/`)
    assert.equal(answer.body, 'the origin')
  })
})
