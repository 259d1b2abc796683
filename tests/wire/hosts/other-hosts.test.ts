import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import tls from 'node:tls'
import { arm, claimsOf, refused, startHosts, type Host, type Hosts } from './ask-host.ts'

let hosts: Hosts
before(async () => {
  hosts = await startHosts()
})
after(() => hosts.close())

const metadata = { Metadata: 'true' }
const error = (description: string) => ({ error: 'invalid_request', error_description: description })

describe('arc', () => {
  const query = { 'api-version': '2020-06-01', resource: arm }
  /** What a client finds in the file that a challenge names. */
  const keyOf = (challenge: string | undefined): string => {
    const [, file = ''] = /^Basic realm=(\/var\/opt\/azcmagent\/tokens\/[^=/]+\.key)$/.exec(challenge ?? '') ?? []
    return readFileSync(path.join(hosts.keys, path.basename(file)), 'utf8')
  }
  const challenged = async (host: Host, more: Record<string, string> = {}) => {
    const first = await host.ask('IDENTITY_ENDPOINT', { ...query, ...more }, { headers: metadata })
    assert.equal(first.status, 401)
    return keyOf(first.headers['www-authenticate'])
  }

  test('a key from the file that the challenge names opens once, and its file is gone then', async () => {
    const host = await hosts.open('arc')
    const { system } = await hosts.identities('arc')
    const headers = { ...metadata, Authorization: `Basic ${await challenged(host)}` }
    const answer = await host.ask('IDENTITY_ENDPOINT', query, { headers })
    assert.equal(claimsOf(answer)['oid'], system?.objectId)
    assert.deepEqual(Object.keys(answer.body).slice(1, 4), ['client_id', 'expires_in', 'expires_on'])
    assert.deepEqual(readdirSync(hosts.keys), [])
    assert.equal((await host.ask('IDENTITY_ENDPOINT', query, { headers })).status, 401)
  })

  test('the identity that was named is repeated, which MSAL insists on', async () => {
    const host = await hosts.open('arc')
    const { app } = await hosts.identities('arc')
    const named = { client_id: app?.clientId ?? '', object_id: app?.objectId ?? '', msi_res_id: app?.resourceId ?? '' }
    for (const [name, value] of Object.entries(named)) {
      const headers = { ...metadata, Authorization: `Basic ${await challenged(host, { [name]: value })}` }
      const answer = await host.ask('IDENTITY_ENDPOINT', { ...query, [name]: value }, { headers })
      assert.equal(claimsOf(answer)['oid'], app?.objectId)
      assert.equal(answer.body[name], value)
    }
  })

  test('key files are for their owner, never more than 64, and none is left', async () => {
    const host = await hosts.open('arc')
    // Those of the sessions before this one.
    const others = readdirSync(hosts.keys)
    for (let n = 0; n < 70; n += 1) await challenged(host)
    const files = readdirSync(hosts.keys).filter((file) => !others.includes(file))
    assert.equal(files.length, 64)
    for (const file of files) assert.equal(statSync(path.join(hosts.keys, file)).mode & 0o077, 0)
    await host.session.close()
    assert.deepEqual(readdirSync(hosts.keys), others)
  })

  test('refuses a request without the header, of another version, and the selector that the agent passes over', async () => {
    const host = await hosts.open('arc')
    refused(await host.ask('IDENTITY_ENDPOINT', query), error('Required metadata header not specified'))
    const other = await host.ask('IDENTITY_ENDPOINT', { ...query, 'api-version': '2018-02-01' }, { headers: metadata })
    refused(other, error("Invalid 'api-version' requested"))
    const headers = { ...metadata, Authorization: `Basic ${await challenged(host)}` }
    const passedOver = await host.ask('IDENTITY_ENDPOINT', { ...query, mi_res_id: 'x' }, { headers })
    assert.match(String(passedOver.body['error_description']), /mi_res_id/)
  })
})

describe('cloud-shell', () => {
  const form = (text: string) => ({
    method: 'POST',
    headers: { ...metadata, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: text,
  })

  test('takes a form, and a query at the address of the metadata service', async () => {
    const host = await hosts.open('cloud-shell')
    const { system } = await hosts.identities('cloud-shell')
    const answer = await host.ask('MSI_ENDPOINT', {}, form(`resource=${encodeURIComponent(arm)}`))
    assert.equal(claimsOf(answer)['oid'], system?.objectId)
    assert.equal(claimsOf(await host.ask('MSI_ENDPOINT', { resource: arm }, { headers: metadata }))['aud'], arm)
  })

  test('refuses in the shape of the resource manager', async () => {
    const host = await hosts.open('cloud-shell')
    const of = (code: string, message: string) => ({ error: { code, message } })
    refused(
      await host.ask('MSI_ENDPOINT', {}, form('resource=https://nothing.example')),
      of('AudienceNotSupported', 'Audience https://nothing.example is not a supported MSI token audience.'),
    )
    const chosen = await host.ask('MSI_ENDPOINT', {}, form(`resource=${arm}&client_id=x`))
    assert.equal((chosen.body['error'] as { code: string }).code, 'SelectorNotSupported')
    const bare = await host.ask('MSI_ENDPOINT', {}, { method: 'POST', body: `resource=${arm}` })
    assert.equal((bare.body['error'] as { code: string }).code, 'MissingMetadataHeader')
  })
})

describe('service-fabric', () => {
  const query = { 'api-version': '2019-07-01-preview', resource: arm }

  test('is known by the thumbprint of its certificate', async () => {
    const host = await hosts.open('service-fabric')
    const { port } = new URL(host.variable('IDENTITY_ENDPOINT'))
    const socket = tls.connect({ port: Number(port), host: '127.0.0.1', rejectUnauthorized: false })
    await new Promise((resolve) => socket.once('secureConnect', resolve))
    const thumbprint = socket.getPeerCertificate().fingerprint.replaceAll(':', '')
    socket.destroy()
    assert.equal(thumbprint, host.variable('IDENTITY_SERVER_THUMBPRINT'))
  })

  test('gives a token to the secret, with seconds as a number', async () => {
    const host = await hosts.open('service-fabric')
    const { system, app } = await hosts.identities('service-fabric')
    const headers = { Secret: host.variable('IDENTITY_HEADER') }
    for (const version of ['2019-07-01-preview', '2020-05-01']) {
      const answer = await host.ask('IDENTITY_ENDPOINT', { ...query, 'api-version': version }, { headers })
      const { oid, exp } = claimsOf(answer)
      assert.deepEqual([oid, answer.body['expires_on']], [system?.objectId, exp])
    }
    const named = await host.ask('IDENTITY_ENDPOINT', { ...query, principalId: app?.objectId ?? '' }, { headers })
    assert.equal(claimsOf(named)['oid'], app?.objectId)
  })

  test('refuses with its codes', async () => {
    const host = await hosts.open('service-fabric')
    const headers = { Secret: host.variable('IDENTITY_HEADER') }
    const code = async (wanted: Record<string, string>, sent = {}) => {
      const { status, body } = await host.ask('IDENTITY_ENDPOINT', wanted, sent)
      const { correlationId, code: name } = body['error'] as Record<string, string>
      assert.match(correlationId ?? '', /^[\da-f-]{36}$/)
      return [status, name]
    }
    assert.deepEqual(await code(query), [400, 'SecretHeaderNotFound'])
    assert.deepEqual(await code(query, { headers: { secret: 'x' } }), [404, 'ManagedIdentityNotFound'])
    assert.deepEqual(await code({ resource: arm }, { headers }), [400, 'InvalidApiVersion'])
    assert.deepEqual(await code({ 'api-version': '2020-05-01' }, { headers }), [400, 'ArgumentNullOrEmpty'])
    assert.deepEqual(await code({ ...query, principalId: 'x' }, { headers }), [404, 'ManagedIdentityNotFound'])
    assert.deepEqual(await code({ ...query, client_id: 'x' }, { headers }), [400, 'InvalidArgument'])
  })
})

test('vm-extension leads its code to the extension, which takes forms', async () => {
  const host = await hosts.open('vm-extension')
  const { system } = await hosts.identities('vm-extension')
  const sent = {
    method: 'POST',
    headers: { ...metadata, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: `resource=${encodeURIComponent(arm)}`,
  }
  assert.equal(claimsOf(await host.ask('MSI_ENDPOINT', {}, sent))['oid'], system?.objectId)
})
