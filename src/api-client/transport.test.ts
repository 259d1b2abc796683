import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { startProxy } from '../../tests/support/start-proxy.ts'
import { ConnectionError } from './errors.ts'
import { createHttpFetch } from './http-fetch.ts'
import { createTransport } from './transport.ts'

const now = Date.parse('2026-03-01T12:00:00Z')

async function serve(context: TestContext, answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  context.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function start(proxyEnv: Record<string, string> = {}) {
  const slept: number[] = []
  const transport = createTransport({
    fetch: createHttpFetch(proxyEnv),
    sleep: async (milliseconds) => void slept.push(milliseconds),
    clock: () => now,
  })
  return { slept, transport }
}

const get = (url: string, more: { retries?: number; timeout?: number } = {}) => ({
  method: 'GET',
  url,
  timeout: 5000,
  retries: 3,
  ...more,
})

test('an answer is given back whatever its status, with its text uncompressed and redirects unfollowed', async (context) => {
  const url = await serve(context, (request, response) => {
    response.writeHead(302, { location: 'http://127.0.0.1:1/', 'x-asked': request.headers['accept-encoding'] ?? '' })
    response.end('señor')
  })
  const reply = await start().transport(get(url))
  assert.deepEqual([reply.status, reply.statusText, reply.text], [302, 'Found', 'señor'])
  assert.equal(reply.headers.get('Location'), 'http://127.0.0.1:1/')
  assert.equal(reply.headers.get('x-asked'), 'identity')
  assert.equal(reply.headers.get('x-other'), null)
})

test('what may pass is tried again: by Retry-After in seconds or as a date, never longer than two minutes, else by a growing delay', async (context) => {
  const waits = ['2', 'Sun, 01 Mar 2026 12:00:07 GMT', '600', undefined, 'soon']
  let asked = 0
  const url = await serve(context, (_request, response) => {
    const wait = waits[asked]
    response.writeHead(asked++ < waits.length ? 429 : 200, wait === undefined ? {} : { 'retry-after': wait })
    response.end()
  })
  const { transport, slept } = start()
  assert.equal((await transport(get(url, { retries: 5 }))).status, 200)
  assert.deepEqual(slept, [2000, 7000, 120_000, 2400, 4800])
})

test('the last failure is the answer; what is no passing failure is not tried again', async (context) => {
  let asked = 0
  const url = await serve(context, (request, response) => {
    asked++
    response.writeHead(request.url === '/gone' ? 404 : 503).end()
  })
  const { transport, slept } = start()
  assert.equal((await transport(get(url))).status, 503)
  assert.deepEqual([asked, slept], [4, [300, 600, 1200]])
  assert.equal((await transport(get(`${url}/gone`))).status, 404)
  assert.equal((await transport({ ...get(url), method: 'POST', body: 'a', retries: 0 })).status, 503)
  assert.equal(asked, 6)
})

test('nobody there: tried again, then an error that says which host and why', async (context) => {
  const { transport, slept } = start()
  const url = await serve(context, (request) => request.socket.destroy())
  await assert.rejects(transport(get(`${url}/path?secret=1`)), (error) => {
    assert.ok(error instanceof ConnectionError)
    assert.equal(error.message, `${url} cannot be reached: socket hang up`)
    return true
  })
  assert.equal(slept.length, 3)
})

test('no answer in time is not waited for again', async (context) => {
  const { transport, slept } = start()
  const silent = await serve(context, () => undefined)
  await assert.rejects(transport(get(silent, { timeout: 20 })), { message: `${silent} cannot be reached: no answer in time` })
  const halfway = await serve(context, (_request, response) => void response.writeHead(200).write('{'))
  await assert.rejects(transport(get(halfway, { timeout: 200 })), { message: `${halfway} cannot be reached: no answer in time` })
  assert.deepEqual(slept, [])
})

test('the proxy variables are honoured, and NO_PROXY', async (context) => {
  const proxy = await startProxy({ credentials: 'user:secret' })
  context.after(() => proxy.close())
  const url = await serve(context, (_request, response) => response.end('direct or not'))
  const { port } = new URL(url)
  const withCredentials = proxy.url.replace('//', '//user:secret@')
  const through = start({ http_proxy: withCredentials, NO_PROXY: '127.0.0.1' }).transport
  assert.equal((await through(get(`http://management.azure.test:${port}/x`))).text, 'direct or not')
  assert.equal((await through(get(url))).text, 'direct or not')
  assert.deepEqual(
    proxy.seen.map(({ line }) => line),
    [`GET http://management.azure.test:${port}/x`],
  )
  const refused = start({ HTTPS_PROXY: proxy.url }).transport
  await assert.rejects(refused(get('https://management.azure.test/', { retries: 0 })), /cannot be reached: .*407/s)
})
