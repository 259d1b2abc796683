// What unmodified clients need of a server, where no other test says it by its rule.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callPlatform, machineToken } from '../support/call-platform.ts'
import { groupId, machineId, startTestPlatform, type TestPlatform } from '../support/start-test-platform.ts'

let platform: TestPlatform
before(async () => {
  platform = await startTestPlatform()
})
after(() => platform.close())

test('wire rule 4: any well-formed api-version from 2014 to 2026 is taken, for every type', async () => {
  const token = await machineToken(platform)
  const versions = ['2014-04-01', '2015-06-15', '2016-04-30-preview', '2019-05-01', '2024-11-01', '2026-04-01']
  const paths = [
    '/subscriptions',
    groupId,
    machineId,
    `${groupId}/resources`,
    `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`,
    `${groupId}/providers/Microsoft.Authorization/roleAssignments`,
    `${groupId}/providers/Microsoft.Authorization/roleDefinitions`,
  ]
  for (const path of paths) {
    for (const version of versions) {
      const { status, text } = await callPlatform(platform, 'GET', `${path}?api-version=${version}`, { token })
      assert.equal(status, 200, `${path} ${version}: ${text}`)
    }
  }
})

test('wire rule 14: the access token is three parts of base64url, its header and payload JSON, with a tid', async () => {
  const parts = (await machineToken(platform)).split('.')
  assert.equal(parts.length, 3)
  for (const part of parts) assert.match(part, /^[\w-]+$/)
  const [header, payload] = parts
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>)
  assert.equal(header?.['alg'], 'RS256')
  assert.equal(payload?.['tid'], platform.platform.tenantId)
})

test('wire rule 20: whatever is wrong with a token request, the answer is one that no client tries again', async () => {
  const token = '/metadata/identity/oauth2/token'
  const good = 'api-version=2018-02-01&resource=https://management.azure.com/'
  const wrong: readonly [string, Record<string, string>][] = [
    [`${token}?${good}`, {}],
    [`${token}?${good}`, { Metadata: 'false' }],
    [`${token}?${good}`, { Metadata: 'true', 'X-Forwarded-For': '10.0.0.1' }],
    [token, { Metadata: 'true' }],
    [`${token}?api-version=2018-02-01`, { Metadata: 'true' }],
    [`${token}?api-version=1&resource=https://management.azure.com/`, { Metadata: 'true' }],
    [`${token}?${good}&client_id=6c616e79-6172-4400-8000-00000000dead`, { Metadata: 'true' }],
    [`${token}?${good}&client_id=a&object_id=b`, { Metadata: 'true' }],
    [`${token}?api-version=2018-02-01&resource=https://nobody.example`, { Metadata: 'true' }],
    [`${token}?${good}&resource=twice`, { Metadata: 'true' }],
    [`${token}?${good}&x=%zz`, { Metadata: 'true' }],
  ]
  for (const [path, headers] of wrong) {
    const { status } = await fetch(platform.metadataUrl + path, { headers })
    assert.equal(status, 400, `${path} ${JSON.stringify(headers)}`)
  }
})
