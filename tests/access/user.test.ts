import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { decodeJwt } from 'jose'
import { defaultWorld } from '../../src/world/default-world.ts'
import { callWith, signInUser } from '../support/sign-in-user.ts'
import { groupId, machineId, startTestPlatform, type TestPlatform } from '../support/start-test-platform.ts'

// A user of the world file who holds Reader sees, and changes nothing; one who holds nothing sees nothing.
const password = 'only-for-tests'
let platform: TestPlatform
let portal: Awaited<ReturnType<TestPlatform['platform']['listenPortal']>>
let ada: string
let bob: string
before(async () => {
  platform = await startTestPlatform({
    ...defaultWorld,
    users: [
      { name: 'Ada', userPrincipalName: 'ada@lanyard.local', password },
      { name: 'Bob', userPrincipalName: 'bob@lanyard.local', password },
    ],
    roleAssignments: [{ role: 'Reader', principal: { user: 'Ada@lanyard.local' }, scope: 'resourceGroups/lanyard' }],
  })
  portal = await platform.platform.listenPortal({ port: 0 })
  const signIn = async (name: string) => (await signInUser(portal.url, platform.platform.tenantId, name, password)).access_token
  ada = await signIn('ada@lanyard.local')
  bob = await signIn('bob@lanyard.local')
})
after(async () => {
  await portal.close()
  await platform.close()
})

const arm = (token: string, path: string, method = 'GET', body?: object) =>
  callWith(`${portal.url}${path}?api-version=2022-12-01`, token, method, body)
const errorOf = ({ status, body }: { status: number; body: object }) => {
  const { error } = body as { error: { code: string; message: string } }
  return [status, error.code, error.message]
}
const refusal = (name: string, token: string, action: string, scope: string) => [
  403,
  'AuthorizationFailed',
  `The client '${name}' with object id '${String(decodeJwt(token)['oid'])}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
]

describe('a user', () => {
  test('who holds Reader reads', async () => {
    const { status, body } = await arm(ada, machineId)
    assert.deepEqual([status, (body as { name: string }).name], [200, 'web-1'])
  })

  test('who holds Reader changes nothing, and is called by name', async () => {
    const answer = await arm(ada, machineId, 'PUT', { location: 'westeurope' })
    assert.deepEqual(errorOf(answer), refusal('ada@lanyard.local', ada, 'Microsoft.Compute/virtualMachines/write', machineId))
  })

  test('who holds nothing sees nothing', async () => {
    const { body } = await arm(bob, '/subscriptions')
    assert.deepEqual((body as { value: unknown[] }).value, [])
    const answer = await arm(bob, groupId)
    assert.deepEqual(
      errorOf(answer),
      refusal('bob@lanyard.local', bob, 'Microsoft.Resources/subscriptions/resourceGroups/read', groupId),
    )
  })

  test('is in the list of role assignments as a user', async () => {
    const path = `${groupId}/providers/Microsoft.Authorization/roleAssignments`
    const { body } = await arm(ada, path)
    const { value } = body as { value: { properties: { principalId: string; principalType: string } }[] }
    const own = value.find(({ properties }) => properties.principalId === decodeJwt(ada)['oid'])
    assert.equal(own?.properties.principalType, 'User')
  })
})
