import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { tokenRequestAnswer, type TokenRequestAnswer } from '../../../src/contracts/token-request.ts'
import { parseFault } from '../../../src/faults/fault-schema.ts'
import { hostKinds } from '../../../src/resources/host-kind.ts'
import { worldSchema } from '../../../src/world/world-schema.ts'
import { extensionName } from '../../support/extension-body.ts'
import { hostWorld } from '../../support/host-world.ts'
import { administratorToken, callManager, errorOf, openManager } from '../../support/manager-client.ts'
import { groupId, machineId, startTestPlatform, type TestPlatform } from '../../support/start-test-platform.ts'

const vault = 'https://vault.azure.net'
const arm = 'https://management.azure.com/'
const [subscription] = hostWorld.subscriptions
const [group] = subscription?.resourceGroups ?? []
/** The identity that the service account of the cluster is federated with. */
const world = worldSchema.parse({
  ...hostWorld,
  subscriptions: [
    {
      ...subscription,
      resourceGroups: [
        {
          ...group,
          userAssignedIdentities: [
            {
              name: 'app',
              federatedCredentials: [{ name: 'pod', cluster: 'aks', subject: 'system:serviceaccount:default:default' }],
            },
            { name: 'spare' },
          ],
        },
      ],
    },
  ],
})

let platform: TestPlatform
let token: string
before(async () => {
  platform = await startTestPlatform(world)
  token = await administratorToken(platform)
})
after(() => platform.close())

const idOf = async (name: string) => (await platform.platform.findMachines(name, undefined))[0]?.id ?? ''
const send = (id: string, body: unknown) =>
  callManager(platform, token, 'POST', `${id}/providers/Lanyard.Diagnostics/tokenRequests?api-version=2026-11-01`, body)

/** Asserts that no token is anywhere in the answer. */
async function tryOut(name: string, body: object): Promise<TokenRequestAnswer['properties']> {
  const answer = await send(await idOf(name), body)
  assert.equal(answer.status, 200, answer.text)
  assert.doesNotMatch(answer.text, /eyJ[\w-]+\.eyJ/)
  return tokenRequestAnswer.parse(answer.json()).properties
}

const claimsOf = ({ body }: TokenRequestAnswer['properties']) =>
  (body as { access_token: { header: Record<string, unknown>; claims: Record<string, unknown> } }).access_token

async function identities(name: string) {
  const facts = await platform.platform.machineFacts(await idOf(name))
  const all = facts?.identities ?? []
  return {
    system: all.find((one) => one.userAssignedId === undefined)?.principal,
    app: all.find((one) => one.userAssignedId !== undefined),
  }
}

describe('a token request of a machine', () => {
  for (const host of hostKinds) {
    test(`of host ${host} is answered by its own source: what the token says, and no token`, async () => {
      const answer = await tryOut(host, { resource: vault })
      assert.deepEqual([answer.host, answer.status, answer.failure], [host, 200, undefined], JSON.stringify(answer))
      const { header, claims } = claimsOf(answer)
      assert.equal(header['alg'], 'RS256')
      const { system, app } = await identities(host)
      // A pod gets the token of the identity that its service account is federated with.
      assert.deepEqual([claims['aud'], claims['oid']], [vault, host === 'aks' ? app?.principal.objectId : system?.objectId])
      assert.match(answer.request.url, /^https?:\/\/(169\.254\.169\.254|localhost:\d+|login\.microsoftonline\.com)\//)
    })
  }

  test('an identity is named by each of its ids', async () => {
    const { app } = await identities('vm')
    for (const selector of [
      { clientId: app?.principal.clientId },
      { objectId: app?.principal.objectId },
      { resourceId: app?.userAssignedId },
    ]) {
      const { claims } = claimsOf(await tryOut('vm', { resource: arm, ...selector }))
      assert.equal(claims['oid'], app?.principal.objectId)
    }
  })

  test('a refusal comes in the words of the source', async () => {
    const unknown = await tryOut('vm', { resource: 'https://nothing.azure.com' })
    assert.equal(unknown.status, 400)
    assert.match(JSON.stringify(unknown.body), /invalid_resource.*AADSTS500011/)
    const stranger = await tryOut('app-service', { resource: arm, clientId: '11111111-2222-4333-8444-555555555555' })
    assert.match(JSON.stringify(stranger.body), /No User Assigned or Delegated Managed Identity found/)
    const none = await tryOut('none', { resource: arm })
    assert.equal(none.status, 400)
  })

  test('faults strike it: an error with its Retry-After, a cut connection, an answer that is cut', async () => {
    const { faults } = platform.platform
    try {
      faults.add(parseFault({ kind: 'answer', status: 429, retryAfter: 7, machine: 'vm', requests: 'first' }))
      const throttled = await tryOut('vm', { resource: vault })
      assert.deepEqual([throttled.status, throttled.headers['retry-after']], [429, '7'])
      faults.add(parseFault({ kind: 'drop', machine: 'vm', requests: 'first' }))
      const dropped = await tryOut('vm', { resource: vault })
      assert.deepEqual([dropped.status, dropped.failure], [0, 'The connection was cut before there was an answer.'])
      faults.add(parseFault({ kind: 'malformed', machine: 'vm', requests: 'first' }))
      assert.equal((await tryOut('vm', { resource: vault })).body, '{"access_token":"')
    } finally {
      faults.clear()
    }
  })

  test('a machine whose code is led to the extension has no source once that is deleted', async () => {
    const id = await idOf('vm-extension')
    await callManager(platform, token, 'DELETE', `${id}/extensions/${extensionName}`)
    const { status, failure, request } = await tryOut('vm-extension', { resource: vault })
    assert.deepEqual([status, failure], [0, 'Nothing listens there: the managed-identity extension is not deployed.'])
    assert.equal(request.url, 'http://localhost:50342/oauth2/token')
  })
})

test('bad requests: no resource, two ids, something more, no JSON, no host, no machine', async () => {
  const vm = await idOf('vm')
  for (const body of [
    {},
    { resource: '' },
    { resource: 5 },
    { resource: arm, clientId: 'a', objectId: 'b' },
    { resource: arm, more: 1 },
    '{',
  ]) {
    assert.deepEqual(errorOf(await send(vm, body)).slice(0, 2), [400, 'InvalidRequestContent'], JSON.stringify(body))
  }
  const identity = `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/app`
  assert.deepEqual(errorOf(await send(identity, { resource: arm })).slice(0, 2), [400, 'UnsupportedOperation'])
  const nobody = machineId.replace('web-1', 'nobody')
  assert.deepEqual(errorOf(await send(nobody, { resource: arm })).slice(0, 2), [404, 'ResourceNotFound'])
})

test('it needs its own action: a Contributor of the machine has it, a Reader has not', async () => {
  for (const [role, status] of [
    ['Contributor', 200],
    ['Reader', 403],
  ] as const) {
    const manager = await openManager({ role, scope: machineId })
    try {
      const path = `${machineId}/providers/Lanyard.Diagnostics/tokenRequests?api-version=2026-11-01`
      const answer = await manager.call('POST', path, { resource: arm })
      assert.equal(answer.status, status, answer.text)
      if (status === 403) assert.match(answer.text, /Lanyard\.Diagnostics\/tokenRequests\/action/)
    } finally {
      await manager.platform.close()
    }
  }
})
