import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { decodeJwt } from 'jose'
import { defaultWorld } from '../../src/world/default-world.ts'
import { machineToken } from '../support/call-platform.ts'
import { callWith, signInUser } from '../support/sign-in-user.ts'
import { startTestPlatform, type TestPlatform } from '../support/start-test-platform.ts'

const ada = { name: 'Ada Lovelace', userPrincipalName: 'ada@lanyard.local', password: 'only-for-tests' }
const users = [ada, { name: "Bob O'Neil", userPrincipalName: 'bob@lanyard.local' }]

let platform: TestPlatform
let portal: Awaited<ReturnType<TestPlatform['platform']['listenPortal']>>
let token: string
let adaId: string
before(async () => {
  platform = await startTestPlatform({ ...defaultWorld, users })
  portal = await platform.platform.listenPortal({ port: 0 })
  const scope = 'https://graph.microsoft.com/.default'
  token = (await signInUser(portal.url, platform.platform.tenantId, ada.userPrincipalName, ada.password, scope)).access_token
  adaId = String(decodeJwt(token)['oid'])
})
after(async () => {
  await portal.close()
  await platform.close()
})

interface Listed {
  readonly value: readonly Readonly<Record<string, unknown>>[]
  readonly error?: { readonly code: string; readonly message: string }
}

async function get(path: string, as = token): Promise<{ status: number; body: Listed & Readonly<Record<string, unknown>> }> {
  return callWith(`${portal.url}${path}`, as)
}
const names = ({ body }: { body: Listed }) => body.value.map(({ displayName }) => displayName)
const filtered = (filter: string) => get(`/v1.0/users?$filter=${encodeURIComponent(filter)}`)

describe('the users of Graph', () => {
  test('are listed by display name, in the shape of Graph, without a trace of a password', async () => {
    const listed = await get('/v1.0/users')
    assert.deepEqual(names(listed), ['Ada Lovelace', 'Administrator', "Bob O'Neil"])
    assert.deepEqual(listed.body.value[0], {
      businessPhones: [],
      displayName: 'Ada Lovelace',
      givenName: 'Ada',
      jobTitle: null,
      mail: null,
      mobilePhone: null,
      officeLocation: null,
      preferredLanguage: null,
      surname: 'Lovelace',
      userPrincipalName: 'ada@lanyard.local',
      id: adaId,
    })
    assert.doesNotMatch(JSON.stringify(await get('/v1.0/users?$select=*')), /scrypt|password/i)
  })

  test('come in pages, with the properties that are selected', async () => {
    const first = await get('/v1.0/users?$top=2&$select=displayName,userType')
    assert.deepEqual(first.body.value[1], { displayName: 'Administrator', userType: 'Member' })
    const next = String(first.body['@odata.nextLink']).slice(portal.url.length)
    assert.deepEqual(names(await get(next)), ["Bob O'Neil"])
  })

  test('are filtered as az does it, and as people do', async () => {
    assert.deepEqual(names(await filtered("userPrincipalName eq 'ADA@lanyard.local'")), ['Ada Lovelace'])
    assert.deepEqual(names(await filtered("startswith(displayName,'a')")), ['Ada Lovelace', 'Administrator'])
    assert.deepEqual(names(await filtered("displayName eq 'Bob O''Neil' or surname eq 'Lovelace'")), [
      'Ada Lovelace',
      "Bob O'Neil",
    ])
    assert.deepEqual(names(await filtered("mail eq 'ada@lanyard.local'")), [])
    const unknown = await filtered("shoeSize eq '43'")
    assert.equal(unknown.status, 400)
    assert.match(unknown.body.error?.message ?? '', /'shoeSize' on type 'microsoft\.graph\.user'/)
    const unsupported = await filtered("jobTitle eq 'x'")
    assert.match(unsupported.body.error?.message ?? '', /property 'jobTitle' of resource 'User'/)
  })

  test('are found by object id and by name; nobody is 404', async () => {
    for (const key of [adaId, adaId.toUpperCase(), 'ada@lanyard.local', 'Ada@Lanyard.Local'])
      assert.equal((await get(`/v1.0/users/${key}`)).body['id'], adaId)
    const nobody = await get('/v1.0/users/eve@lanyard.local')
    assert.deepEqual([nobody.status, nobody.body.error?.code], [404, 'Request_ResourceNotFound'])
  })

  test('are objects of the directory: by id, by many ids, of the types that are asked for', async () => {
    const byIds = async (types?: readonly string[]) => {
      const answer = await callWith(`${portal.url}/v1.0/directoryObjects/getByIds`, token, 'POST', { ids: [adaId], types })
      return (answer.body as Listed).value
    }
    const [found] = await byIds(['user', 'group', 'servicePrincipal', 'directoryObjectPartnerReference'])
    assert.deepEqual([found?.['@odata.type'], found?.['userPrincipalName']], ['#microsoft.graph.user', 'ada@lanyard.local'])
    assert.equal((await byIds()).length, 1)
    assert.deepEqual(await byIds(['servicePrincipal']), [])
    assert.equal((await get(`/v1.0/directoryObjects/${adaId}`)).body['@odata.type'], '#microsoft.graph.user')
    const groups = await callWith(`${portal.url}/v1.0/users/${adaId}/getMemberGroups`, token, 'POST', {
      securityEnabledOnly: false,
    })
    assert.deepEqual([groups.status, (groups.body as Listed).value], [200, []])
  })

  test('are written by nobody', async () => {
    const answer = await callWith(`${portal.url}/v1.0/users`, token, 'POST', { displayName: 'Eve' })
    assert.deepEqual([answer.status, (answer.body as Listed).error?.code], [403, 'Authorization_RequestDenied'])
  })
})

describe('the one who calls', () => {
  test('is the user of the token', async () => {
    const { status, body } = await get('/v1.0/me?$select=userPrincipalName,id')
    assert.equal(status, 200)
    assert.deepEqual([body['userPrincipalName'], body['id']], ['ada@lanyard.local', adaId])
    assert.deepEqual((await get('/v1.0/me/memberOf')).body.value, [])
    assert.equal((await get('/v1.0/me/messages')).status, 400)
  })

  test('is no application', async () => {
    const own = await machineToken(platform, 'https://graph.microsoft.com/')
    for (const path of ['/v1.0/me', '/v1.0/me/memberOf', '/v1.0/me/messages']) {
      const { status, body } = await get(path, own)
      assert.deepEqual([status, body.error?.message], [400, '/me request is only valid with delegated authentication flow.'])
    }
  })

  test('is nobody once the directory has no such user', async () => {
    const gone = {
      objectId: '99999999-9999-4999-8999-999999999999',
      userPrincipalName: 'gone@lanyard.local',
      displayName: 'Gone',
      passwordHash: undefined,
      createdAt: 0,
    }
    const issue = (resource: string) =>
      platform.platform.authority.issueForUser({
        user: gone,
        clientId: 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c',
        resource,
        sessionId: gone.objectId,
      })
    const ofGraph = await issue('https://graph.microsoft.com')
    const { status, body } = await get('/v1.0/me', ofGraph.accessToken)
    assert.deepEqual([status, body.error?.code], [401, 'Authorization_IdentityNotFound'])
    const ofArm = await issue('https://management.azure.com')
    assert.equal((await get('/subscriptions?api-version=2022-12-01', ofArm.accessToken)).status, 401)
  })
})
