import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { arm, claimsOf, refused, startHosts, vault, type Host, type Hosts } from './ask-host.ts'

let hosts: Hosts
before(async () => {
  hosts = await startHosts()
})
after(() => hosts.close())

const version = { 'api-version': '2019-08-01' }
const secretOf = (host: Host) => ({ 'X-IDENTITY-HEADER': host.variable('IDENTITY_HEADER') })
const message = (text: string) => ({ statusCode: 400, message: text })
const notFound = message('No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.')

for (const name of ['app-service', 'functions', 'container-apps']) {
  describe(name, () => {
    test('gives the token of the system-assigned identity, and of each that is named', async () => {
      const host = await hosts.open(name)
      const { system, app } = await hosts.identities(name)
      const ask = (query: Record<string, string>) =>
        host.ask('IDENTITY_ENDPOINT', { ...version, resource: vault, ...query }, { headers: secretOf(host) })
      const answer = await ask({})
      const { access_token, expires_on, ...rest } = answer.body
      assert.deepEqual(rest, { resource: vault, token_type: 'Bearer', client_id: system?.clientId })
      const { exp, aud, oid } = claimsOf(answer)
      assert.equal(typeof access_token, 'string')
      assert.deepEqual([aud, oid, expires_on], [vault, system?.objectId, String(exp)])
      for (const selector of [
        { client_id: app?.clientId ?? '' },
        { principal_id: app?.objectId ?? '' },
        { object_id: app?.objectId ?? '' },
        { mi_res_id: app?.resourceId ?? '' },
      ]) {
        assert.equal(claimsOf(await ask(selector))['oid'], app?.objectId, JSON.stringify(selector))
      }
    })

    test('the 2017 version answers beside it, to the same secret, with a date', async () => {
      const host = await hosts.open(name)
      const answer = await host.ask(
        'MSI_ENDPOINT',
        { 'api-version': '2017-09-01', resource: arm },
        { headers: { Secret: host.variable('MSI_SECRET') } },
      )
      assert.match(String(answer.body['expires_on']), /^\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d \+00:00$/)
    })
  })
}

describe('app-service refuses', () => {
  test('a wrong or missing secret, another version, no resource, and what cannot be read', async () => {
    const host = await hosts.open('app-service')
    const headers = secretOf(host)
    const query = { ...version, resource: arm }
    for (const wrong of [{}, { 'X-IDENTITY-HEADER': 'x' }, { secret: host.variable('IDENTITY_HEADER') }]) {
      assert.equal((await host.ask('IDENTITY_ENDPOINT', query, { headers: wrong })).status, 401)
    }
    for (const wrong of [{ resource: arm }, { resource: arm, 'api-version': '2018-02-01' }, version]) {
      assert.equal((await host.ask('IDENTITY_ENDPOINT', wrong, { headers })).status, 400)
    }
    const post = await host.ask('IDENTITY_ENDPOINT', query, { headers, method: 'POST' })
    assert.deepEqual([post.status, post.headers['allow']], [405, 'GET'])
  })

  test('an identity that it does not have, two at once, a selector of another host', async () => {
    const host = await hosts.open('app-service')
    const headers = secretOf(host)
    const ask = (query: Record<string, string>) =>
      host.ask('IDENTITY_ENDPOINT', { ...version, resource: arm, ...query }, { headers })
    refused(await ask({ client_id: 'c0000000-0000-4000-8000-000000000000' }), notFound)
    refused(await ask({ client_id: 'a', mi_res_id: 'b' }), message('More than one identity is specified in the request.'))
    assert.match(String((await ask({ msi_res_id: 'x' })).body['message']), /please use client_id, mi_res_id/)
    assert.match(String((await ask({ resource: 'https://nothing.example' })).body['message']), /^AADSTS500011: /)
  })

  test('to give out a lone user-assigned identity that was not named, which a virtual machine would', async () => {
    const host = await hosts.open('lone')
    const headers = secretOf(host)
    refused(await host.ask('IDENTITY_ENDPOINT', { ...version, resource: arm }, { headers }), notFound)
    const none = await hosts.open('none')
    refused(await none.ask('IDENTITY_ENDPOINT', { ...version, resource: arm }, { headers: secretOf(none) }), notFound)
  })

  test("another app's secret", async () => {
    const [one, other] = [await hosts.open('app-service'), await hosts.open('functions')]
    const answer = await one.ask('IDENTITY_ENDPOINT', { ...version, resource: arm }, { headers: secretOf(other) })
    assert.equal(answer.status, 401)
  })
})

test('app-service-2017 gives a date, knows client ids alone, and writes its errors with capitals', async () => {
  const host = await hosts.open('app-service-2017')
  const { system, app } = await hosts.identities('app-service-2017')
  const headers = { secret: host.variable('MSI_SECRET') }
  const ask = (query: Record<string, string>) =>
    host.ask('MSI_ENDPOINT', { 'api-version': '2017-09-01', resource: arm, ...query }, { headers })
  const answer = await ask({})
  const claims = claimsOf(answer)
  assert.equal(claims['oid'], system?.objectId)
  assert.equal(Date.parse(String(answer.body['expires_on'])) / 1000, claims['exp'])
  assert.equal(claimsOf(await ask({ clientid: app?.clientId ?? '' }))['oid'], app?.objectId)
  refused(await ask({ clientid: 'x' }), { StatusCode: 400, Message: 'No MSI found for specified ClientId/ResourceId.' })
  assert.equal((await ask({ client_id: app?.clientId ?? '' })).status, 400)
  assert.equal(host.session.facts.environment['IDENTITY_ENDPOINT'], undefined)
})

test('azure-ml is told the client id of its own identity, and gets seconds', async () => {
  const host = await hosts.open('azure-ml')
  const { system } = await hosts.identities('azure-ml')
  const answer = await host.ask(
    'MSI_ENDPOINT',
    { 'api-version': '2017-09-01', resource: arm, clientid: host.variable('DEFAULT_IDENTITY_CLIENT_ID') },
    { headers: { secret: host.variable('MSI_SECRET') } },
  )
  const { oid, exp } = claimsOf(answer)
  assert.deepEqual([oid, answer.body['expires_on']], [system?.objectId, String(exp)])
})
