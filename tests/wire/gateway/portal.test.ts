import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { pino } from 'pino'
import { createPortalEndpoint } from '../../../src/portal-endpoint/create-portal-endpoint.ts'
import { callWith, signInUser } from '../../support/sign-in-user.ts'
import { startTestPlatform, type TestPlatform } from '../../support/start-test-platform.ts'

interface Reply {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly body: Buffer
}

/** One request as it stands: `fetch` would not send every Host, nor leave a path as it is. */
function ask(port: number, target: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, path: target, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      )
    })
    request.on('error', reject)
    request.end()
  })
}

describe('the portal’s address', () => {
  let platform: TestPlatform
  let portal: Awaited<ReturnType<TestPlatform['platform']['listenPortal']>>
  before(async () => {
    platform = await startTestPlatform()
    portal = await platform.platform.listenPortal({ port: 0 })
  })
  after(async () => {
    await portal.close()
    await platform.close()
  })

  test('answers to its own names alone', async () => {
    const target = '/common/v2.0/.well-known/openid-configuration'
    for (const host of [`127.0.0.1:${portal.port}`, `localhost:${portal.port}`, `LOCALHOST:${portal.port}`])
      assert.equal((await ask(portal.port, target, { host })).status, 200, host)
    for (const host of [
      'evil.example',
      `evil.example:${portal.port}`,
      'localhost',
      '127.0.0.1:1',
      `[::1]:${portal.port}`,
      'management.azure.com',
    ])
      assert.equal((await ask(portal.port, target, { host })).status, 421, host)
    assert.equal((await ask(portal.port, 'http://management.azure.com/subscriptions')).status, 421)
  })

  test('answers no page of another origin, and gives none leave to read', async () => {
    for (const origin of ['http://evil.example', 'null', `http://localhost:${portal.port}`, `https://127.0.0.1:${portal.port}`]) {
      for (const [method, target] of [
        ['GET', '/common/discovery/keys'],
        ['OPTIONS', '/subscriptions'],
        ['POST', '/common/oauth2/v2.0/token'],
      ] as const) {
        const { status, headers } = await ask(portal.port, target, { origin }, method)
        assert.deepEqual([status, headers['access-control-allow-origin']], [403, undefined], `${method} ${origin}`)
      }
    }
    const crossSite = await ask(portal.port, '/common/oauth2/v2.0/token', { 'sec-fetch-site': 'cross-site' }, 'POST')
    assert.equal(crossSite.status, 403)
    const own = await ask(portal.port, '/subscriptions?api-version=2022-12-01', { origin: portal.url })
    assert.equal(own.status, 401)
  })

  test('serves the control plane, Graph and the authority, and no metadata', async () => {
    const status = async (target: string) => (await ask(portal.port, target, { metadata: 'true' })).status
    assert.equal(await status('/subscriptions?api-version=2022-12-01'), 401)
    assert.equal(await status('/v1.0/users'), 401)
    assert.equal(await status('/common/discovery/keys'), 200)
    assert.equal(
      await status('/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://management.azure.com/'),
      404,
    )
  })

  test('names itself in links, so that pages of lists are found by it', async () => {
    const code = platform.platform.renewSignInCode()
    const scope = 'https://graph.microsoft.com/.default'
    const { access_token: token } = await signInUser(
      portal.url,
      platform.platform.tenantId,
      'administrator@lanyard.local',
      code,
      scope,
    )
    const { body } = await callWith(`${portal.url}/v1.0/servicePrincipals?$top=1`, token)
    const next = String((body as Record<string, unknown>)['@odata.nextLink'])
    assert.ok(next.startsWith(`${portal.url}/v1.0/servicePrincipals?`), next)
    assert.equal((await callWith(next, token)).status, 200)
  })

  test('is registered for sign-ins for as long as it is open', async () => {
    const other = await platform.platform.listenPortal({ port: 0 })
    const query = (redirect: string) =>
      `/common/oauth2/v2.0/authorize?client_id=c44b4083-3bb0-49c1-b47d-974e53cbdf3c&redirect_uri=${encodeURIComponent(redirect)}`
    const location = async (redirect: string) => (await ask(portal.port, query(redirect))).headers.location
    assert.ok((await location(`${other.url}/`))?.startsWith(`${other.url}/?error=`))
    await other.close()
    assert.equal(await location(`${other.url}/`), undefined)
  })
})

describe('the portal’s files', () => {
  const script = 'export const text = "x"\n'.repeat(200)
  let folder: string
  let server: http.Server
  let port: number
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'lanyard-portal-'))
    await mkdir(path.join(folder, 'built', 'assets'), { recursive: true })
    await writeFile(path.join(folder, 'secret.js'), 'secret')
    await writeFile(
      path.join(folder, 'built', 'index.html'),
      '<!doctype html><html><head><title>Lanyard</title></head><body></body></html>',
    )
    await writeFile(path.join(folder, 'built', 'assets', 'index-1a2b.js'), script)
    await writeFile(path.join(folder, 'built', 'assets', 'made.css'), 'body {}')
    await writeFile(path.join(folder, 'built', 'assets', 'made.css.br'), 'as the build made it')
    await writeFile(path.join(folder, 'built', 'assets', 'font.woff2'), 'font')
    await writeFile(path.join(folder, 'built', 'assets', 'notes.txt'), 'no')
    port = await serve(path.join(folder, 'built'))
  })
  after(async () => {
    server.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function serve(directory: string): Promise<number> {
    let made = 0
    const randomBytes = (size: number) => new Uint8Array(size).fill(++made)
    const endpoint = await createPortalEndpoint({
      directory,
      tenantId: 'the-tenant',
      randomBytes,
      logger: pino({ level: 'silent' }),
    })
    server = http.createServer((request, response) => endpoint(request, response, { machineId: undefined, baseUrl: 'http://x' }))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
    return (server.address() as AddressInfo).port
  }

  test('the page tells the tenant and a nonce of its own, and keeps to itself', async () => {
    const [first, second] = [await ask(port, '/?code=abc'), await ask(port, '/')]
    const nonceOf = ({ body }: Reply) => /<meta name="lanyard-nonce" content="([^"]+)">/.exec(body.toString())?.[1]
    assert.ok(nonceOf(first))
    assert.notEqual(nonceOf(first), nonceOf(second))
    assert.match(first.body.toString(), /<head>\s*<meta name="lanyard-tenant" content="the-tenant">/)
    const { headers } = first
    assert.equal(
      headers['content-security-policy'],
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonceOf(first)}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
    )
    assert.deepEqual(
      [
        'cache-control',
        'x-frame-options',
        'x-content-type-options',
        'referrer-policy',
        'cross-origin-opener-policy',
        'cross-origin-resource-policy',
      ].map((name) => headers[name]),
      ['no-store', 'DENY', 'nosniff', 'no-referrer', 'same-origin', 'same-origin'],
    )
  })

  test('an asset is compressed as the browser likes, and kept for good', async () => {
    const get = (encoding: string) => ask(port, '/assets/index-1a2b.js', { 'accept-encoding': encoding })
    const [br, gzip, plain, refused] = await Promise.all([
      get('gzip, deflate, br'),
      get('gzip'),
      get('identity'),
      get('br;q=0, gzip;q=0.5'),
    ])
    assert.equal(brotliDecompressSync(br.body).toString(), script)
    assert.equal(gunzipSync(gzip.body).toString(), script)
    assert.deepEqual([plain.body.toString(), plain.headers['content-encoding']], [script, undefined])
    assert.equal(refused.headers['content-encoding'], 'gzip')
    assert.equal(br.headers['cache-control'], 'public, max-age=31536000, immutable')
    assert.equal(br.headers['vary'], 'accept-encoding')
    assert.equal(br.headers['content-type'], 'text/javascript; charset=utf-8')
    assert.equal((await ask(port, '/assets/made.css', { 'accept-encoding': 'br' })).body.toString(), 'as the build made it')
    assert.equal((await ask(port, '/assets/font.woff2', { 'accept-encoding': 'br' })).body.toString(), 'font')
  })

  test('nothing else is there', async () => {
    for (const target of [
      '/assets/',
      '/assets/none.js',
      '/assets/notes.txt',
      '/assets/made.css.br',
      '/assets/../index.html',
      '/assets/..%2f..%2fsecret.js',
      '/assets/../../secret.js',
      '/index-1a2b.js',
      '/assets/toString',
    ])
      assert.equal((await ask(port, target)).status, 404, target)
    const head = await ask(port, '/', {}, 'HEAD')
    assert.deepEqual([head.status, head.body.length], [200, 0])
    const post = await ask(port, '/', {}, 'POST')
    assert.deepEqual([post.status, post.headers.allow], [405, 'GET, HEAD'])
  })

  test('a portal that is not built says how to build it', async () => {
    const before = server
    const unbuilt = await serve(path.join(folder, 'nothing'))
    const answer = await ask(unbuilt, '/')
    assert.equal(answer.status, 404)
    assert.match(answer.body.toString(), /npm run build/)
    server.close()
    server = before
  })
})
