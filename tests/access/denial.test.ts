import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { resourceManagerRoutes } from '../../src/resource-manager/routes.ts'
import { defaultSubscriptionId, defaultWorld } from '../../src/world/default-world.ts'
import { callPlatform, machineToken } from '../support/call-platform.ts'
import { groupId, machineId, startTestPlatform, type TestPlatform } from '../support/start-test-platform.ts'

// Every route of the control plane, without a token and with the token of a principal that holds no role. The table that
// answers the requests is the table that is tested, so a route cannot be left out; and a route that names no action must
// stand in the list below, with the reason why everybody may use it.
const guid = '99999999-9999-4999-8999-999999999999'
const deletionJob = Buffer.from(JSON.stringify({ jobId: 'RESOURCEGROUPDELETIONJOB-X-WESTUS' })).toString('base64url')

const forEveryPrincipal: Readonly<Record<string, string>> = {
  'GET |/tenants': 'the one tenant, which its principals know',
  'GET |/subscriptions': 'those in which the caller holds a role',
  'GET |/providers/Lanyard.Diagnostics/changes/latest': 'two counters that tell of nothing',
  'GET |/providers/Lanyard.Diagnostics/requests/:request':
    'why a request was refused, to who was refused and to who may read the activity log there; 404 to everybody else',
  'GET /subscriptions/:subscription|/operationresults/:operation':
    'tells that a deletion is over, to who may have held their role in what was deleted',
}

/** Those of them that tell of one thing, which is not the caller's. */
const ofOne: ReadonlySet<string> = new Set(['|/providers/Lanyard.Diagnostics/requests/:request'])

let platform: TestPlatform
let token: string
before(async () => {
  platform = await startTestPlatform({ ...defaultWorld, roleAssignments: [] })
  token = await machineToken(platform)
})
after(() => platform.close())

function pathOf(pattern: string): string {
  return pattern
    .replace(/^\*\|/, `${groupId}|`)
    .replace('<resource>', machineId)
    .replace('|', '')
    .replace(':subscription', defaultSubscriptionId)
    .replace(':group', 'lanyard')
    .replace(':namespace', 'Microsoft.Compute')
    .replace(':type', 'extensions')
    .replace(':verb', 'start')
    .replace(':operation', deletionJob)
    .replaceAll(/:\w+/g, guid)
}

describe('denial', () => {
  test('the routes that name no action are those with a reason', () => {
    const open = resourceManagerRoutes.filter(({ action, listAction }) => action === undefined && listAction === undefined)
    assert.deepEqual(
      open.map(({ method, pattern }) => `${method} ${pattern}`).toSorted(),
      Object.keys(forEveryPrincipal).toSorted(),
    )
  })

  for (const route of resourceManagerRoutes) {
    const { method, pattern } = route
    const path = `${pathOf(pattern)}?api-version=2024-11-01`

    test(`${method} ${pattern}: no token is 401`, async () => {
      const answer = await callPlatform(platform, method, path)
      assert.equal(answer.status, 401)
      assert.match(String(answer.headers['www-authenticate']), /^Bearer authorization_uri="https:\/\/login\.windows\.net\//)
    })

    test(`${method} ${pattern}: no role is ${route.open ? 'an answer with less' : '403'}`, async () => {
      const answer = await callPlatform(platform, method, path, { token, ...(method === 'PUT' && { body: 'not JSON' }) })
      assert.equal(answer.status, route.open ? (ofOne.has(pattern) ? 404 : 200) : 403, answer.text)
      if (!route.open && method !== 'HEAD') {
        const { error } = answer.json<{ error: { code: string; message: string } }>()
        assert.equal(error.code, 'AuthorizationFailed')
        assert.match(
          error.message,
          /does not have authorization to perform action '\w+\.[\w./]+\/\w+' over scope '\/(?:subscriptions\/|')/,
        )
      }
    })
  }

  test('nothing is seen of the subscription', async () => {
    const answer = await callPlatform(platform, 'GET', '/subscriptions?api-version=2022-12-01', { token })
    assert.deepEqual(answer.json(), { value: [], count: { type: 'Total', value: 0 } })
  })
})
