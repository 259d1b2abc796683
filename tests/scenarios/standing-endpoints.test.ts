import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { startUpProcess, type UpProcess } from '../support/start-up-process.ts'

const world = `
subscriptions:
  - name: Shop
    id: 6c616e79-6172-4400-8000-0000000000e1
    resourceGroups:
      - name: shop
        virtualMachines:
          - { name: web-1, privateIpAddress: 127.0.0.2 }
          - { name: web-2, privateIpAddress: 127.0.0.3 }
          - { name: old, privateIpAddress: 127.0.0.4, host: vm-extension }
`

let folder = ''
let up: UpProcess
let metadata = ''
before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'lanyard-standing-'))
  writeFileSync(path.join(folder, 'world.yaml'), world)
  const at = ['--metadata-address', '127.0.0.1:0', '--ca-file', path.join(folder, 'ca.pem')]
  up = startUpProcess(path.join(folder, 'data'), '--config', path.join(folder, 'world.yaml'), ...at)
  assert.ok(await up.isUp, up.printed.stderr)
  metadata = /metadata\s+(\S+)/.exec(up.printed.stdout)?.[1] ?? ''
})
after(async () => {
  up.child.kill()
  await up.ended
  rmSync(folder, { recursive: true, force: true })
})

/** A request from one of the addresses of loopback, as a container's would come from its own. */
function ask(from: string, target: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const options = { localAddress: from, headers: { Metadata: 'true' }, agent: false }
    http
      .get(`${metadata}${target}`, options, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
      })
      .on('error', reject)
  })
}

const token = '/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://management.azure.com/'
const name = '/metadata/instance/compute/name?api-version=2021-02-01&format=text'

describe('lanyard up --metadata-address', { skip: process.platform === 'linux' ? false : 'needs all of 127.0.0.0/8' }, () => {
  test('the address that a request comes from says which machine it is', async () => {
    assert.deepEqual(await ask('127.0.0.2', name), { status: 200, text: 'web-1' })
    assert.deepEqual(await ask('127.0.0.3', name), { status: 200, text: 'web-2' })
    const { access_token } = JSON.parse((await ask('127.0.0.3', token)).text) as { access_token: string }
    const claims = JSON.parse(Buffer.from(access_token.split('.')[1] ?? '', 'base64url').toString()) as { xms_mirid: string }
    assert.match(claims.xms_mirid, /\/virtualMachines\/web-2$/)
  })

  test('an address that no machine has gets no token and no metadata', async () => {
    const { status, text } = await ask('127.0.0.9', token)
    assert.equal(status, 400)
    assert.match(text, /Identity not found/)
    assert.equal((await ask('127.0.0.9', name)).status, 404)
  })

  test("the extension's path is there for a machine that has the extension, and for no other", async () => {
    const path = '/oauth2/token?resource=https://management.azure.com/'
    assert.match((await ask('127.0.0.4', path)).text, /"token_type":"Bearer"/)
    for (const from of ['127.0.0.2', '127.0.0.9']) assert.equal((await ask(from, path)).status, 404)
  })

  test("--ca-file holds the authority's certificate, and no key", () => {
    const pem = readFileSync(path.join(folder, 'ca.pem'), 'utf8')
    assert.match(pem, /^-----BEGIN CERTIFICATE-----/)
    assert.doesNotMatch(pem, /PRIVATE/)
  })
})

describe('addresses that cannot be had end the start in a sentence', () => {
  const cases: Readonly<Record<string, readonly [args: readonly string[], sentence: RegExp]>> = {
    'not on this machine': [
      ['--metadata-address', '192.0.2.1:8080'],
      /^ERROR: 192\.0\.2\.1 is no address of this machine\. Choose another with --metadata-address, or add it: sudo ip/,
    ],
    'no address': [
      ['--metadata-address', 'localhost:80'],
      /Expected an IP address and a port, for instance 169\.254\.169\.254:80\./,
    ],
    'no port': [['--metadata-address', '127.0.0.1'], /Expected an IP address and a port/],
    'a name in place of an address': [['--address', 'example'], /Expected an IP address, for instance 127\.0\.0\.1/],
  }
  for (const [what, [args, sentence]] of Object.entries(cases)) {
    test(what, async () => {
      const { ended, printed } = startUpProcess(path.join(folder, what.replaceAll(' ', '-')), ...args)
      assert.notEqual(await ended, 0)
      assert.match(printed.stderr, sentence)
      assert.doesNotMatch(printed.stderr, /\n\s+at /)
    })
  }
})
