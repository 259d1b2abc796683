import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { resourceManagerRoutes } from '../../src/resource-manager/routes.ts'
import { defaultSubscriptionId, defaultWorld } from '../../src/world/default-world.ts'
import { callPlatform, machineToken } from '../support/call-platform.ts'
import { groupId, machineId, startTestPlatform, type TestPlatform } from '../support/start-test-platform.ts'

// Every route of the control plane, without a token and with the token of a principal that holds no role. The table that
// registers the handlers is the table that is tested, so a route cannot be left out.
const guid = '99999999-9999-4999-8999-999999999999'

let platform: TestPlatform
let token: string
before(async () => {
  platform = await startTestPlatform({ ...defaultWorld, roleAssignments: [] })
  token = await machineToken(platform)
})
after(() => platform.close())

function pathOf(pattern: string): string {
  const path = pattern
    .replace(':subscription', defaultSubscriptionId)
    .replace(':group', 'lanyard')
    .replace(':namespace', 'Microsoft.Compute')
    .replace(/:\w+/, guid)
  if (path === '/*') return machineId
  if (path.startsWith('/*/')) return machineId + path.slice(2)
  return path.startsWith('/providers/') ? groupId + path : path
}

describe('denial', () => {
  for (const { method, path: pattern, withoutRole } of resourceManagerRoutes) {
    const path = pathOf(pattern) + (method === 'POST' && pattern === '/*' ? '/start' : '')

    test(`${method} ${pattern}: no token is 401`, async () => {
      const answer = await callPlatform(platform, method, `${path}?api-version=2024-11-01`)
      assert.equal(answer.status, 401)
      assert.match(String(answer.headers['www-authenticate']), /^Bearer authorization_uri="https:\/\/login\.windows\.net\//)
    })

    test(`${method} ${pattern}: no role is ${withoutRole}`, async () => {
      const answer = await callPlatform(platform, method, `${path}?api-version=2024-11-01`, { token })
      assert.equal(answer.status, withoutRole === 'refused' ? 403 : 200, answer.text)
      if (withoutRole === 'refused' && method !== 'HEAD') assert.match(answer.text, /"code":"AuthorizationFailed"/)
    })
  }
})
