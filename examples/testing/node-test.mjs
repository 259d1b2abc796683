import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { ManagedIdentityCredential } from '@azure/identity'
import { startLanyard } from 'lanyard/testing'

test('a credential in this process waits as long as the metadata service asks it to', async () => {
  await using lanyard = await startLanyard()
  const { proxyOptions } = await lanyard.machine('web-1')
  lanyard.faults.add({ kind: 'answer', status: 429, retryAfter: 1, requests: 'first' })

  const credential = new ManagedIdentityCredential({ proxyOptions })
  const { token } = await credential.getToken('https://management.azure.com/.default')

  assert.equal(token.split('.').length, 3)
  const statuses = lanyard.requests.matching({ endpoint: 'metadata' }).map(({ status }) => status)
  assert.deepEqual(statuses, [429, 200])
})

test('a program of its own runs as the machine', async () => {
  await using lanyard = await startLanyard({
    world: {
      subscriptions: [
        {
          name: 'Shop',
          id: '11111111-2222-4333-8444-555555555555',
          resourceGroups: [{ name: 'shop', machines: [{ name: 'orders', host: 'functions' }] }],
        },
      ],
    },
  })
  const orders = await lanyard.machine('orders')
  const program = 'console.log(process.env.IDENTITY_ENDPOINT)'
  const env = orders.environment()
  const printed = execFileSync(process.execPath, ['-e', program], { env, encoding: 'utf8' })
  assert.match(printed, /^http:\/\/localhost:\d+\/msi\/token$/m)
})

test('a day later the administrator looks again', async () => {
  await using lanyard = await startLanyard()
  lanyard.clock.freeze(new Date('2026-01-31T12:00:00Z'))
  lanyard.clock.advance({ hours: 25 })
  assert.equal(lanyard.clock.now().toISOString(), '2026-02-01T13:00:00.000Z')
  const { status } = await lanyard.administrator.request('GET', '/subscriptions?api-version=2022-12-01')
  assert.equal(status, 200)
  const seen = await lanyard.requests.waitFor({ endpoint: 'resource-manager' })
  assert.equal(seen.path, '/subscriptions')
})
