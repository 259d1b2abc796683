import assert from 'node:assert/strict'
import https from 'node:https'
import { after, before, describe, test } from 'node:test'
import jwt from 'jsonwebtoken'
import { createRemoteJWKSet, customFetch, decodeJwt, jwtVerify } from 'jose'
import jwksClient from 'jwks-rsa'
import { defaultSubscriptionId, defaultWorld } from '../../src/world/default-world.ts'
import { callPlatform, machineToken } from '../support/call-platform.ts'
import { groupId, machineId, startTestPlatform, type TestPlatform } from '../support/start-test-platform.ts'

const version = 'api-version=2024-11-01'
let platform: TestPlatform
before(async () => {
  platform = await startTestPlatform({
    ...defaultWorld,
    roleAssignments: [{ role: 'Owner', principal: { virtualMachine: 'web-1' }, scope: 'resourceGroups/lanyard' }],
  })
})
after(() => platform.close())

describe('a token of the machine', () => {
  const keysPath = () => `/${platform.platform.tenantId}/discovery/v2.0/keys`

  test('verifies with jose through the published key set over TLS', async () => {
    const keySet = createRemoteJWKSet(new URL(platform.url + keysPath()), {
      [customFetch]: async () => new Response((await callPlatform(platform, 'GET', keysPath())).text),
    })
    const { payload } = await jwtVerify(await machineToken(platform), keySet, { issuer: platform.platform.authority.issuer })
    assert.equal(payload.aud, 'https://management.azure.com/')
    assert.equal(payload['xms_mirid'], machineId.replace('resourceGroups', 'resourcegroups'))
    assert.equal(payload['oid'], payload.sub)
  })

  test('verifies with jsonwebtoken and jwks-rsa through the published key set over TLS', async () => {
    const client = jwksClient({
      jwksUri: platform.url + keysPath(),
      requestAgent: new https.Agent({ ca: platform.certificateAuthority }),
    })
    const token = await machineToken(platform)
    const key = await client.getSigningKey(jwt.decode(token, { complete: true })?.header.kid)
    const claims = jwt.verify(token, key.getPublicKey(), { algorithms: ['RS256'], issuer: platform.platform.authority.issuer })
    assert.equal((claims as jwt.JwtPayload)['tid'], platform.platform.tenantId)
  })

  test('that was tampered with is refused', async () => {
    const [header, payload, signature] = (await machineToken(platform)).split('.')
    const forged = Buffer.from(
      JSON.stringify({ ...decodeJwt(`${header}.${payload}.${signature}`), oid: 'someone-else' }),
    ).toString('base64url')
    const answer = await callPlatform(platform, 'GET', `/subscriptions?${version}`, { token: `${header}.${forged}.${signature}` })
    assert.equal(answer.status, 401)
    assert.match(answer.text, /InvalidAuthenticationToken/)
  })

  test('for another audience is refused', async () => {
    const token = await machineToken(platform, 'https://vault.azure.net')
    const answer = await callPlatform(platform, 'GET', `/subscriptions?${version}`, { token })
    assert.equal(answer.status, 401)
    assert.match(answer.text, /InvalidAuthenticationTokenAudience.*'https:\/\/vault\.azure\.net'/)
  })
})

describe('the resource manager', () => {
  test('lists the machine with its principal', async () => {
    const token = await machineToken(platform)
    const filter = encodeURIComponent("name eq 'web-1'")
    const answer = await callPlatform(
      platform,
      'GET',
      `/subscriptions/${defaultSubscriptionId}/resources?$filter=${filter}&${version}`,
      { token },
    )
    const [item] = answer.json<{ value: { identity: { principalId: string } }[] }>().value
    assert.equal(item?.identity.principalId, decodeJwt(token)['oid'])
  })

  test('wire rule 1: repeated slashes and a trailing slash are nothing', async () => {
    const answer = await callPlatform(platform, 'GET', `//subscriptions//${defaultSubscriptionId}/?${version}`, {
      token: await machineToken(platform),
    })
    assert.equal(answer.status, 200, answer.text)
  })

  test('wire rule 2: escapes in parameter names are read', async () => {
    const path = `/subscriptions?api%2Dversion=2022-12-01`
    assert.equal((await callPlatform(platform, 'GET', path, { token: await machineToken(platform) })).status, 200)
  })

  test('wire rule 3: segments match in any casing, and the answer keeps the casing it was given', async () => {
    const path = machineId.toUpperCase().replace('/SUBSCRIPTIONS', '/Subscriptions')
    const answer = await callPlatform(platform, 'GET', `${path}?${version}`, { token: await machineToken(platform) })
    assert.equal(answer.json()['id'], machineId)
  })

  test('wire rule 17: the metadata document has three shapes', async () => {
    const get = async (apiVersion: string) =>
      JSON.parse((await callPlatform(platform, 'GET', `/metadata/endpoints?api-version=${apiVersion}`)).text) as object
    assert.ok('galleryEndpoint' in (await get('2015-01-01')))
    assert.ok(Array.isArray(await get('2019-05-01')))
    assert.ok('resourceManager' in (await get('2022-09-01')))
  })

  test('wire rule 18: an unknown api-version has the code that PowerShell falls back on', async () => {
    const token = await machineToken(platform)
    const answer = await callPlatform(platform, 'GET', '/subscriptions?api-version=banana', { token })
    assert.equal(answer.status, 400)
    assert.match(answer.text, /InvalidApiVersionParameter/)
    assert.match((await callPlatform(platform, 'GET', '/subscriptions', { token })).text, /MissingApiVersionParameter/)
  })

  test('a body that is not JSON is 400, and one over the limit is 413', async () => {
    const token = await machineToken(platform)
    const put = (body: string) => callPlatform(platform, 'PUT', `${groupId}?${version}`, { token, body })
    assert.match((await put('{')).text, /InvalidRequestContent/)
    assert.equal((await put(`"${'x'.repeat(5 * 1024 * 1024)}"`)).status, 413)
  })

  test('a path that is no id is 404', async () => {
    const token = await machineToken(platform)
    const answer = await callPlatform(platform, 'GET', `/subscriptions/${defaultSubscriptionId}/nonsense/x?${version}`, { token })
    assert.equal(answer.status, 404, answer.text)
  })

  test('wire rules 11 and 12: PATCH answers 200, and the type comes back with a comma and a space', async () => {
    const token = await machineToken(platform)
    const identity = `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/app`
    const put = await callPlatform(platform, 'PUT', `${identity}?${version}`, { token, body: '{"location":"westeurope"}' })
    assert.equal(put.status, 201, put.text)
    const body = JSON.stringify({ identity: { type: 'SystemAssigned,UserAssigned', userAssignedIdentities: { [identity]: {} } } })
    const patch = await callPlatform(platform, 'PATCH', `${machineId}?${version}`, { token, body })
    assert.equal(patch.status, 200, patch.text)
    assert.equal(patch.json<{ identity: { type: string } }>().identity.type, 'SystemAssigned, UserAssigned')
  })

  test('wire rule 13: a role definition asked for in a subscription has an id in that subscription', async () => {
    const filter = encodeURIComponent("roleName eq 'Reader'")
    const path = `${groupId}/providers/Microsoft.Authorization/roleDefinitions?$filter=${filter}&api-version=2022-05-01-preview`
    const [role] = (await callPlatform(platform, 'GET', path, { token: await machineToken(platform) })).json<{
      value: { id: string }[]
    }>().value
    assert.equal(
      role?.id,
      `/subscriptions/${defaultSubscriptionId}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`,
    )
  })

  test('a principal that was switched off is refused at once, with a token that is still good', async () => {
    const token = await machineToken(platform)
    const off = await callPlatform(platform, 'PATCH', `${machineId}?${version}`, { token, body: '{"identity":{"type":"None"}}' })
    assert.equal(off.status, 200, off.text)
    assert.equal((await callPlatform(platform, 'GET', `/subscriptions?${version}`, { token })).status, 401)
  })
})
