import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { requestExplanation } from '../../src/contracts/request-explanation.ts'
import { activityEvents } from '../../src/contracts/activity-event.ts'
import { signIns } from '../../src/contracts/sign-in.ts'
import { defaultSubscriptionId } from '../../src/world/default-world.ts'
import { worldSchema } from '../../src/world/world-schema.ts'
import { callPlatform } from '../support/call-platform.ts'
import { authorize, portalRequest, proofKey, signInUser } from '../support/sign-in-user.ts'
import { groupId, machineId, startTestPlatform, type TestPlatform } from '../support/start-test-platform.ts'

const ada = { name: 'Ada Lovelace', userPrincipalName: 'ada@lanyard.local', password: 'a password for tests' }
const world = worldSchema.parse({
  subscriptions: [
    { name: 'Lanyard', id: defaultSubscriptionId, resourceGroups: [{ name: 'lanyard', virtualMachines: [{ name: 'web-1' }] }] },
  ],
  users: [ada],
  roleAssignments: [{ role: 'Reader', principal: { user: ada.userPrincipalName }, scope: 'resourceGroups/lanyard' }],
})

let platform: TestPlatform
let portal: { readonly url: string; close(): Promise<void> }
let administrator: (resource: string) => Promise<string>
before(async () => {
  platform = await startTestPlatform(world)
  portal = await platform.platform.listenPortal({ port: 0 })
  administrator = async (resource) =>
    (await platform.platform.issueAdministratorToken({ resource, lifetimeSeconds: 600 })).accessToken
})
after(async () => {
  await portal.close()
  await platform.close()
})

const graph = async (query: string) => {
  const token = await administrator('https://graph.microsoft.com/')
  const answer = await callPlatform(platform, 'GET', `/beta/auditLogs/signIns?$filter=${encodeURIComponent(query)}`, { token })
  return { text: answer.text, items: signIns.parse(answer.json<{ value: unknown }>().value) }
}

describe('what users do is in the logs', () => {
  test('a sign-in, interactive, and the refresh that follows it, with the name of the user', async () => {
    await signInUser(portal.url, platform.platform.tenantId, ada.userPrincipalName, ada.password)
    const { items } = await graph(`userPrincipalName eq '${ada.userPrincipalName}'`)
    assert.deepEqual(
      items.map(({ signInEventTypes, status }) => [signInEventTypes[0], status.errorCode]),
      [['interactiveUser', 0]],
    )
    assert.equal(items[0]?.lanyard.claims?.['upn'], ada.userPrincipalName)
  })

  test('a wrong password tells who it was; a name that nobody has is not kept, since it may be a password', async () => {
    const typed = 'my-password-in-the-wrong-field@lanyard.local'
    const { challenge } = proofKey()
    for (const [name, password] of [
      [ada.userPrincipalName, 'wrong'],
      [typed, 'wrong'],
    ] as const) {
      await authorize(portal.url, platform.platform.tenantId, portalRequest(portal.url, challenge), name, password)
    }
    const { items, text } = await graph('status/errorCode ne 0')
    assert.deepEqual(
      items
        .map(({ userPrincipalName, status, signInEventTypes }) => [userPrincipalName, status.errorCode, signInEventTypes[0]])
        .toSorted(([, one], [, other]) => Number(one) - Number(other)),
      [
        [null, 50034, 'interactiveUser'],
        [ada.userPrincipalName, 50126, 'interactiveUser'],
      ],
    )
    assert.ok(!text.includes(typed))
    const token = await administrator('https://management.azure.com/')
    const unknown = items.find(({ status }) => status.errorCode === 50034)?.id ?? ''
    const why = await callPlatform(platform, 'GET', `/providers/Lanyard.Diagnostics/requests/${unknown}?api-version=2026-11-01`, {
      token,
    })
    assert.ok(!why.text.includes(typed))
    assert.equal(requestExplanation.parse(why.json()).properties.cause, 'There is no user of this name.')
  })

  test('a refused write has the user for its caller, and the grant is for a user', async () => {
    const { access_token: token } = await signInUser(portal.url, platform.platform.tenantId, ada.userPrincipalName, ada.password)
    const denied = await callPlatform(platform, 'PATCH', `${machineId}?api-version=2024-11-01`, { token, body: '{}' })
    assert.equal(denied.status, 403)
    const id = String(denied.headers['x-ms-request-id'])
    const why = await callPlatform(platform, 'GET', `/providers/Lanyard.Diagnostics/requests/${id}?api-version=2026-11-01`, {
      token,
    })
    const { caller, smallestGrant } = requestExplanation.parse(why.json()).properties
    assert.equal(caller?.name, ada.userPrincipalName)
    assert.match(smallestGrant?.command ?? '', /--assignee-principal-type User --role "Virtual Machine Contributor"/)
    const log = await callPlatform(
      platform,
      'GET',
      `/subscriptions/${defaultSubscriptionId}/providers/Microsoft.Insights/eventtypes/management/values?api-version=2015-04-01&$filter=${encodeURIComponent(`caller eq '${ada.userPrincipalName}'`)}`,
      { token },
    )
    const [event] = activityEvents.parse(log.json<{ value: unknown }>().value)
    assert.deepEqual([event?.caller, event?.status.value, event?.resourceId], [ada.userPrincipalName, 'Failed', machineId])
    assert.ok(machineId.startsWith(groupId))
  })
})
