import assert from 'node:assert/strict'
import { test } from 'node:test'
import { paths, resourceTabs } from './paths.ts'
import { parseResourceRoute, parseRoute } from './routing/route.ts'

const machine = '/subscriptions/1111/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/web-1'

test('every link of the portal', () => {
  const table = [
    paths.home(),
    paths.virtualMachines(),
    paths.virtualMachines({ filter: 'web 1', group: 'shop', identity: '' }),
    paths.resource(machine),
    paths.resource(machine, 'identity'),
    paths.resource('/', 'access-control'),
    paths.connect(machine, 'https://vault.azure.net'),
    paths.managedIdentities(),
    paths.managedIdentities({ kind: 'system' }),
    paths.signInLogs({ status: 'failure', machine }),
    paths.resourceGroups(),
    paths.subscriptions(),
    paths.resourceIds(),
    paths.resourceIds({ cloud: 'AzureChinaCloud' }),
    paths.errors(),
    paths.errors('AADSTS500011'),
    paths.why('a/b'),
  ]
  assert.deepEqual(table, [
    '#home',
    '#virtual-machines',
    '#virtual-machines?filter=web+1&group=shop',
    `#resource${machine}`,
    `#resource${machine}/identity`,
    '#resource/access-control',
    `#resource${machine}/connect?resource=https%3A%2F%2Fvault.azure.net`,
    '#managed-identities',
    '#managed-identities?kind=system',
    `#sign-in-logs?status=failure&machine=${encodeURIComponent(machine)}`,
    '#resource-groups',
    '#subscriptions',
    '#resource-ids',
    '#resource-ids?cloud=AzureChinaCloud',
    '#errors',
    '#errors/AADSTS500011',
    '#why/a%2Fb',
  ])
})

test('a link leads to what it was made from, whatever the name of a resource', () => {
  const names = ['web-1', 'identity', 'a b', '100%', '<script>', 'größe', 'overview', '(x)']
  const ids = ['/', '/subscriptions/1111', ...names.map((name) => `/subscriptions/1111/resourceGroups/${name}`)]
  const all = [...ids, ...names.map((name) => `/subscriptions/1/resourceGroups/g/providers/A.B/types/${name}`)]
  for (const id of all) {
    for (const tab of resourceTabs) {
      const { page, segments } = parseRoute(paths.resource(id, tab))
      assert.equal(page, 'resource')
      assert.deepEqual(parseResourceRoute(segments), { id, tab })
    }
    assert.deepEqual(parseResourceRoute(parseRoute(paths.resource(id)).segments), { id, tab: 'overview' })
  }
  assert.deepEqual(parseRoute(paths.virtualMachines({ filter: 'a&b=c %', group: 'ü' })), {
    page: 'virtual-machines',
    segments: [],
    query: { filter: 'a&b=c %', group: 'ü' },
  })
})

test('an address that nobody made is read as far as it goes', () => {
  assert.deepEqual(parseRoute(''), { page: 'home', segments: [], query: {} })
  assert.deepEqual(parseRoute('#/home'), { page: 'home', segments: [], query: {} })
  assert.deepEqual(parseRoute('#why/%E0%A4%A'), { page: 'why', segments: ['%E0%A4%A'], query: {} })
  assert.equal(parseResourceRoute(['subscriptions', '1111', 'settings']), undefined)
})
