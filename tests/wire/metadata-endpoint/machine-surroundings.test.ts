// What a machine is told of its surroundings, by a real platform: its network, its load balancer, its events, its attestation.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { AsnConvert } from '@peculiar/asn1-schema'
import { ContentInfo, SignedData } from '@peculiar/asn1-cms'
import { Certificate } from '@peculiar/asn1-x509'
import { defaultSubscriptionId } from '../../../src/world/default-world.ts'
import { worldSchema } from '../../../src/world/world-schema.ts'
import { callPlatform, machineToken } from '../../support/call-platform.ts'
import { groupId, machineId, startTestPlatform, type TestPlatform } from '../../support/start-test-platform.ts'

const time = { now: Date.now() }
const network = `${groupId}/providers/Microsoft.Network`
let folder = ''
let platform: TestPlatform
before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'lanyard-attested-'))
  const front = `${network}/loadBalancers/lb/frontendIPConfigurations/f`
  const pool = `${network}/loadBalancers/lb/backendAddressPools/p`
  const backend = { id: `${network}/networkInterfaces/web-1-nic/ipConfigurations/ipconfig1` }
  const rule = { frontendIPConfiguration: { id: front }, backendAddressPool: { id: pool } }
  const resources = [
    { name: 'ip', type: 'Microsoft.Network/publicIPAddresses', properties: { ipAddress: '20.1.2.3' } },
    {
      name: 'lb',
      type: 'Microsoft.Network/loadBalancers',
      properties: {
        frontendIPConfigurations: [{ id: front, properties: { publicIPAddress: { id: `${network}/publicIPAddresses/ip` } } }],
        backendAddressPools: [{ id: pool, properties: { backendIPConfigurations: [backend] } }],
        loadBalancingRules: [{ properties: { ...rule, protocol: 'Tcp', frontendPort: 443, backendPort: 8443 } }],
        outboundRules: [{ properties: { frontendIPConfigurations: [{ id: front }], backendAddressPool: { id: pool } } }],
      },
    },
  ]
  const group = {
    name: 'lanyard',
    virtualMachines: [{ name: 'web-1', privateIpAddress: '10.0.0.4' }, { name: 'alone' }],
    resources,
  }
  platform = await startTestPlatform(
    worldSchema.parse({
      subscriptions: [{ name: 'Lanyard', id: defaultSubscriptionId, resourceGroups: [group] }],
      roleAssignments: [{ role: 'Owner', principal: { virtualMachine: 'web-1' }, scope: '/' }],
    }),
    { clock: () => time.now },
  )
})
after(async () => {
  await platform.close()
  rmSync(folder, { recursive: true, force: true })
})

async function ask(target: string, options: RequestInit = {}) {
  const answer = await fetch(`${platform.metadataUrl}/metadata/${target}`, { ...options, headers: { Metadata: 'true' } })
  return { status: answer.status, text: await answer.text() }
}
const json = async <T>(target: string) => JSON.parse((await ask(target)).text) as T

test('the network block is what the network interfaces say', async () => {
  const { interface: interfaces } = await json<{ interface: { macAddress: string }[] }>('instance/network?api-version=2021-02-01')
  assert.match(interfaces[0]?.macAddress ?? '', /^002248[0-9A-F]{6}$/)
  assert.deepEqual(
    interfaces.map(({ macAddress: _made, ...rest }) => rest),
    [
      {
        ipv4: {
          ipAddress: [{ privateIpAddress: '10.0.0.4', publicIpAddress: '' }],
          subnet: [{ address: '10.0.0.0', prefix: '24' }],
        },
        ipv6: { ipAddress: [] },
      },
    ],
  )
  const leaf = 'instance/network/interface/0/ipv4/ipAddress/0/privateIpAddress?api-version=2021-02-01&format=text'
  assert.equal((await ask(leaf)).text, '10.0.0.4')
})

test('the load balancer that leads to the machine, and none where none does', async () => {
  const pair = { frontendIpAddress: '20.1.2.3', privateIpAddress: '10.0.0.4' }
  assert.deepEqual(await json('loadbalancer?api-version=2020-10-01'), {
    loadbalancer: {
      publicIpAddresses: [pair],
      inboundRules: [{ ...pair, protocol: 'tcp', frontendPort: '443', backendPort: '8443' }],
      outboundRules: [pair],
    },
  })
  const listener = await platform.platform.gateway.listenMetadata({ machineId: machineId.replace('web-1', 'alone'), port: 0 })
  const alone = await fetch(`${listener.url}/metadata/loadbalancer?api-version=2020-10-01`, { headers: { Metadata: 'true' } })
  assert.equal(alone.status, 404)
  assert.match(await alone.text(), /^\{ "error": "No load balancer metadata is found\./)
  await listener.close()
  assert.equal((await ask('loadbalancer?api-version=2020-09-01')).status, 400)
})

describe('scheduled events', () => {
  interface Events {
    DocumentIncarnation: number
    Events: Record<string, unknown>[]
  }
  const events = (version = '2020-07-01') => json<Events>(`scheduledevents?api-version=${version}`)

  test('a restart is announced, may be begun early, and is over after a while', async () => {
    const { DocumentIncarnation: before } = await events()
    const token = await machineToken(platform)
    const restart = await callPlatform(platform, 'POST', `${machineId}/restart?api-version=2024-11-01`, { token })
    assert.equal(restart.status, 200)
    const announced = await events()
    assert.equal(announced.DocumentIncarnation, before + 1)
    const [event] = announced.Events
    const { EventId, NotBefore, Description: _sentence, ...rest } = event ?? {}
    assert.deepEqual(rest, {
      EventStatus: 'Scheduled',
      EventType: 'Reboot',
      ResourceType: 'VirtualMachine',
      Resources: ['web-1'],
      EventSource: 'User',
      DurationInSeconds: -1,
    })
    assert.equal(NotBefore, new Date(Math.floor((time.now + 15 * 60_000) / 1000) * 1000).toUTCString())
    const begin = (body: string) => ask('scheduledevents?api-version=2020-07-01', { method: 'POST', body })
    assert.equal((await begin(JSON.stringify({ StartRequests: [{ EventId }] }))).status, 200)
    const begun = await events()
    assert.deepEqual([begun.Events[0]?.['EventStatus'], begun.Events[0]?.['NotBefore']], ['Started', ''])
    for (const wrong of ['', '{', 'null', '{"StartRequests":[{}]}', '{"StartRequests":[{"EventId":"x"}]}']) {
      assert.equal((await begin(wrong)).status, 400, wrong)
    }
    time.now += 61_000
    assert.deepEqual((await events()).Events, [])
  })

  test('an eviction starts by itself after half a minute; older versions tell less', async () => {
    const token = await machineToken(platform)
    const evict = await callPlatform(platform, 'POST', `${machineId}/simulateEviction?api-version=2024-11-01`, { token })
    assert.equal(evict.status, 204)
    const [old] = (await events('2017-11-01')).Events
    assert.deepEqual(Object.keys(old ?? {}).toSorted(), [
      'EventId',
      'EventStatus',
      'EventType',
      'NotBefore',
      'ResourceType',
      'Resources',
    ])
    time.now += 30_000
    assert.equal((await events()).Events[0]?.['EventStatus'], 'Started')
    assert.equal((await ask('scheduledevents?api-version=2021-02-01')).status, 400)
    assert.equal((await ask('scheduledevents?api-version=2020-07-01', { method: 'DELETE' })).status, 405)
  })
})

describe('the attested document', () => {
  const attested = async (nonce: string) => {
    const answer = await json<{ encoding: string; signature: string }>(`attested/document?api-version=2020-09-01&nonce=${nonce}`)
    assert.equal(answer.encoding, 'pkcs7')
    return Buffer.from(answer.signature, 'base64')
  }

  test('holds what it attests, and the chain that leads to the authority', async () => {
    const signed = AsnConvert.parse(AsnConvert.parse(await attested('1234567890'), ContentInfo).content, SignedData)
    const content = JSON.parse(
      Buffer.from(signed.encapContentInfo.eContent?.single?.buffer ?? new ArrayBuffer()).toString(),
    ) as Record<string, unknown>
    const { timeStamp, vmId, ...rest } = content
    assert.deepEqual(rest, {
      licenseType: '',
      nonce: '1234567890',
      plan: { name: '', product: '', publisher: '' },
      sku: 'server',
      subscriptionId: defaultSubscriptionId,
    })
    const told = await ask('instance/compute/vmId?api-version=2021-02-01&format=text')
    assert.equal(vmId, told.text)
    assert.match(JSON.stringify(timeStamp), /"createdOn":"\d\d\/\d\d\/\d\d \d\d:\d\d:\d\d -0000","expiresOn":"\d\d\//)
    const [leaf, authority] = (signed.certificates ?? []).map(
      ({ certificate }) => new X509Certificate(Buffer.from(AsnConvert.serialize(certificate ?? new Certificate()))),
    )
    assert.equal(leaf?.subjectAltName, 'DNS:metadata.azure.com')
    assert.ok(authority && leaf.checkIssued(authority) && leaf.verify(authority.publicKey))
    assert.equal(authority.toString().trim(), platform.certificateAuthority.trim())
    const published = await callPlatform(platform, 'GET', '/lanyard/ca.cer', { headers: { host: 'metadata.azure.com' } })
    assert.equal(published.status, 200)
    assert.match(leaf.infoAccess ?? '', /CA Issuers - URI:http:\/\/metadata\.azure\.com\/lanyard\/ca\.cer/)
  })

  const openssl = spawnSync('openssl', ['version']).status === 0
  test('openssl verifies it, and not another authority', { skip: openssl ? false : 'openssl is not installed' }, async () => {
    const file = (name: string, content: string | Uint8Array) => {
      const at = path.join(folder, name)
      writeFileSync(at, content)
      return at
    }
    const [message, ca] = [file('document.der', await attested('42')), file('ca.pem', platform.certificateAuthority)]
    // The certificate is for signing documents, which openssl has no purpose of its own for.
    const verify = (authority: string) =>
      spawnSync('openssl', ['cms', '-verify', '-inform', 'DER', '-in', message, '-CAfile', authority, '-purpose', 'any'], {
        encoding: 'utf8',
      })
    const { status, stdout, stderr } = verify(ca)
    assert.equal(status, 0, stderr)
    assert.equal((JSON.parse(stdout) as { nonce: string }).nonce, '42')
    const other = await startTestPlatform()
    assert.notEqual(verify(file('other.pem', other.certificateAuthority)).status, 0)
    await other.close()
    const forged = await attested('42')
    const at = forged.indexOf('"nonce":"42"')
    forged.write('"nonce":"43"', at)
    writeFileSync(message, forged)
    assert.notEqual(verify(ca).status, 0)
  })

  test('a nonce that is none, and versions before it, are refused', async () => {
    assert.equal((await ask('attested/document?api-version=2020-09-01&nonce=a%20b')).status, 400)
    assert.equal((await ask(`attested/document?api-version=2020-09-01&nonce=${'1'.repeat(33)}`)).status, 400)
    assert.equal((await ask('attested/document?api-version=2018-04-02')).status, 400)
    assert.equal((await ask('attested/document?api-version=2018-10-01')).status, 200)
  })
})
