import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import http from 'node:http'
import { test, type TestContext } from 'node:test'
import { parseFault } from '../../src/faults/fault-schema.ts'
import { openSession } from '../../src/server/index.ts'
import { defaultSubscriptionId } from '../../src/world/default-world.ts'
import { worldSchema } from '../../src/world/world-schema.ts'
import { extensionBody, extensionName } from '../support/extension-body.ts'
import { administratorToken, callManager } from '../support/manager-client.ts'
import { machineId, startTestPlatform } from '../support/start-test-platform.ts'

/** A port that no other test listens on. */
const port = 50_392
const extension = (machine = 'web-1') => `${machineId.replace('web-1', machine)}/extensions/${extensionName}`
const query = '/oauth2/token?resource=https%3A%2F%2Fvault.azure.net'

/** What a client on the machine finds on a port of its own loopback, and what its proxy says of it. */
async function ask(at: number, proxyUrl?: string): Promise<{ status: number; text: string } | 'refused'> {
  const target = `http://localhost:${at}${query}`
  const proxy = proxyUrl === undefined ? undefined : new URL(proxyUrl)
  return new Promise((resolve, reject) => {
    const request = http.get(
      {
        host: '127.0.0.1',
        port: proxy ? proxy.port : at,
        path: proxy ? target : query,
        headers: { Metadata: 'true', host: `localhost:${at}` },
        agent: false,
      },
      (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
      },
    )
    request.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNREFUSED' ? resolve('refused') : reject(error)))
  })
}

/** The first line that the proxy answers to a CONNECT. */
async function connectTo(at: number, proxyUrl: string): Promise<string> {
  const socket = net.connect({ host: '127.0.0.1', port: Number(new URL(proxyUrl).port) })
  socket.setEncoding('utf8').write(`CONNECT localhost:${at} HTTP/1.1\r\nHost: localhost:${at}\r\n\r\n`)
  const [said] = (await once(socket, 'data')) as [string]
  socket.destroy()
  return said.split('\r\n')[0] ?? ''
}

const holderOf = (text: string) =>
  (
    JSON.parse(
      Buffer.from((JSON.parse(text) as { access_token: string }).access_token.split('.')[1] ?? '', 'base64url').toString(),
    ) as { xms_mirid: string }
  ).xms_mirid

async function start(t: TestContext, machines: readonly object[] = [{ name: 'web-1' }]) {
  const world = worldSchema.parse({
    subscriptions: [
      { name: 'Main', id: defaultSubscriptionId, resourceGroups: [{ name: 'lanyard', virtualMachines: machines }] },
    ],
  })
  const platform = await startTestPlatform(world)
  t.after(() => platform.close())
  const token = await administratorToken(platform)
  const call = (method: string, path: string, body?: object) => callManager(platform, token, method, path, body)
  return { platform, call }
}

test('the address opens when the extension is deployed, and closes when it is deleted, while a session lasts', async (t) => {
  const { platform, call } = await start(t)
  const { proxyUrl } = platform.session.facts
  assert.deepEqual(platform.session.facts.extension, { port: undefined, listening: undefined })
  assert.equal(await ask(port), 'refused')
  const told: unknown[] = []
  platform.session.onExtension((state) => void told.push(state))

  assert.equal((await call('PUT', extension(), extensionBody(port))).status, 201)
  const direct = await ask(port)
  assert.ok(direct !== 'refused' && direct.status === 200)
  assert.equal(holderOf(direct.text).toLowerCase(), machineId.toLowerCase())
  const proxied = await ask(port, proxyUrl)
  assert.ok(proxied !== 'refused' && proxied.status === 200)
  assert.match(await connectTo(port, proxyUrl), /^HTTP\/1\.1 200 /)

  assert.equal((await call('DELETE', extension())).status, 200)
  assert.equal(await ask(port), 'refused')
  assert.deepEqual(told, [
    { port, listening: port },
    { port: undefined, listening: undefined },
  ])
})

test('while it is not deployed the proxy says so, and never leads to the extension of another machine', async (t) => {
  const { platform, call } = await start(t, [{ name: 'web-1' }, { name: 'web-2' }])
  const other = await openSession(platform.platform, { machine: 'web-2', resourceGroup: undefined, application: undefined })
  t.after(() => other.close())
  await call('PUT', extension('web-2'), extensionBody(port))
  const mine = platform.session.facts.proxyUrl
  const sentence = (at: number) =>
    `Nothing listens on localhost:${at} of this machine: its managed-identity extension is not deployed there.\n`
  for (const at of [port, 50_342]) {
    assert.deepEqual(await ask(at, mine), { status: 502, text: sentence(at) })
    assert.match(await connectTo(at, mine), /^HTTP\/1\.1 502 Nothing listens on localhost:/)
  }
  const theirs = await ask(port, other.facts.proxyUrl)
  assert.ok(theirs !== 'refused' && theirs.status === 200)
  assert.match(holderOf(theirs.text), /web-2$/i)
})

test('a deployment that fails leaves the address closed, and a redeployment opens it; another port moves it', async (t) => {
  const { platform, call } = await start(t)
  platform.platform.faults.add(parseFault({ kind: 'extension-failure', requests: 'first' }))
  await call('PUT', extension(), extensionBody(port))
  assert.equal(await ask(port), 'refused')
  await call('PUT', extension(), extensionBody(port, { forceUpdateTag: '1' }))
  assert.notEqual(await ask(port), 'refused')
  await call('PUT', extension(), extensionBody(port + 1))
  assert.equal(await ask(port), 'refused')
  assert.notEqual(await ask(port + 1), 'refused')
  platform.platform.faults.add(parseFault({ kind: 'extension-failure' }))
  await call('PATCH', extension(), { properties: { forceUpdateTag: '2' } })
  assert.equal(await ask(port + 1), 'refused')
})

test('it closes with the machine, with its group, and with the session', async (t) => {
  const { platform, call } = await start(t)
  await call('PUT', extension(), extensionBody(port))
  await call('DELETE', machineId)
  assert.equal(await ask(port), 'refused')
  await call('PUT', machineId, { location: 'westeurope' })
  await call('PUT', extension(), extensionBody(port))
  assert.notEqual(await ask(port), 'refused')
  await platform.session.close()
  assert.equal(await ask(port), 'refused')
  // Nobody follows it any more.
  await call('PUT', extension(), extensionBody(port, { forceUpdateTag: '1' }))
  assert.equal(await ask(port), 'refused')
})

test('a port that another program has is left to it; the machine itself is answered by its proxy', async (t) => {
  const { platform, call } = await start(t)
  const program = createServer((_request, response) => response.end('another program'))
  await new Promise<void>((resolve) => program.listen(0, '127.0.0.1', resolve))
  t.after(() => program.close())
  const taken = (program.address() as AddressInfo).port
  const told: unknown[] = []
  platform.session.onExtension((state) => void told.push(state))
  await call('PUT', extension(), extensionBody(taken))
  assert.deepEqual(told, [{ port: taken, listening: undefined }])
  assert.deepEqual(await ask(taken), { status: 200, text: 'another program' })
  const proxied = await ask(taken, platform.session.facts.proxyUrl)
  assert.ok(proxied !== 'refused' && proxied.text.includes('access_token'))
})

test('a machine of host vm-extension has it deployed by the world file, again after it was deleted', async (t) => {
  const { platform, call } = await start(t, [{ name: 'web-1' }, { name: 'old', host: 'vm-extension' }])
  const shown = (await call('GET', extension('old'))).json<{ properties: object }>()
  assert.deepEqual(shown.properties, {
    publisher: 'Microsoft.ManagedIdentity',
    type: extensionName,
    typeHandlerVersion: '1.0',
    autoUpgradeMinorVersion: true,
    settings: { port: 50_342 },
    provisioningState: 'Succeeded',
  })
  const session = await openSession(platform.platform, { machine: 'old', resourceGroup: undefined, application: undefined })
  t.after(() => session.close())
  const { environment, extension: state } = session.facts
  assert.equal(environment['MSI_ENDPOINT'], `http://localhost:${state.listening}/oauth2/token`)
  const at = state.listening ?? 0
  const answer = await ask(at)
  assert.ok(answer !== 'refused' && answer.status === 200)
  await call('DELETE', extension('old'))
  assert.equal(await ask(at), 'refused')
  await call('PUT', extension('old'), extensionBody(undefined))
  assert.notEqual(await ask(at), 'refused', 'the code was told of this address, so it is opened again there')
})
