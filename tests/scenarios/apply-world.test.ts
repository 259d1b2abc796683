import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, test } from 'node:test'
import { pino } from 'pino'
import { startPlatform } from '../../src/server/index.ts'
import { openSqliteStore, type Store } from '../../src/store/open-sqlite-store.ts'
import { defaultSubscriptionId } from '../../src/world/default-world.ts'
import { parseWorld } from '../../src/world/parse-world.ts'
import { WorldFileError } from '../../src/world/world-file-error.ts'

let folder = ''
before(() => (folder = mkdtempSync(path.join(tmpdir(), 'lanyard-world-'))))
after(() => rmSync(folder, { recursive: true, force: true }))

const subscriptionId = '11111111-2222-4333-8444-555555555555'
const shop = `/subscriptions/${subscriptionId}/resourceGroups/shop`
const web1 = `${shop}/providers/Microsoft.Compute/virtualMachines/web-1`
const identity = (name: string) => `${shop}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`
const vault = `${shop}/providers/Microsoft.KeyVault/vaults/keys`

const head = `subscriptions: [{ name: Test, id: ${subscriptionId}, resourceGroups: [{ name: shop`
const full = `${head}, location: West US, tags: { team: web },
  userAssignedIdentities: [{ name: app, tags: { a: b } }],
  virtualMachines: [{ name: web-1, size: Standard_D2s_v5, userAssignedIdentities: [app] }, { name: web-2, systemAssignedIdentity: false }],
  resources: [
    { type: Microsoft.KeyVault/vaults, name: keys, properties: { sku: { name: standard, family: null }, list: [1, { a: null }] } },
    { type: Microsoft.Sql/servers, name: sql },
    { type: Microsoft.Sql/servers/databases, name: sql/orders }] }] }]
applications: [{ name: deployer, secret: only-for-tests, identifierUris: [api://orders] }, { name: other }]
users: [{ name: Ada Lovelace, userPrincipalName: Ada@Lanyard.local, password: only-for-tests }, { name: Bob, userPrincipalName: bob@lanyard.local }]
roleAssignments:
  - { role: Reader, scope: /, principal: { user: ada@lanyard.local } }
  - { role: reader, scope: resourceGroups/SHOP, principal: { virtualMachine: WEB-1 } }
  - { role: Contributor, scope: /, principal: { application: deployer } }
  - { role: Reader, scope: ${vault}, principal: { userAssignedIdentity: app } }
`

/** An installation of its own, to which files are applied by starting it, and which is changed by hand in between. */
function newInstallation() {
  const dataPath = path.join(folder, randomUUID())
  const database = path.join(dataPath, 'lanyard.db')
  return {
    async apply(text: string | undefined): Promise<void> {
      const file = text === undefined ? undefined : parseWorld(text, 'lanyard.yaml')
      const platform = await startPlatform({
        dataPath,
        world: file?.world,
        worldPlaceOf: file?.placeOf,
        offline: true,
        proxyForUrl: () => '',
        logger: pino({ level: 'silent' }),
      })
      await platform.close()
    },
    async byHand<T>(work: (store: Store) => Promise<T>): Promise<T> {
      const store = await openSqliteStore({ path: database, newGuid: randomUUID })
      try {
        return await work(store)
      } finally {
        await store.close()
      }
    },
    /** Every row of every table. */
    rows(): Record<string, unknown> {
      const opened = new DatabaseSync(database, { readOnly: true })
      const tables = opened.prepare(`select name from sqlite_master where type = 'table' order by name`).all()
      const rows = Object.fromEntries(tables.map(({ name }) => [name, opened.prepare(`select * from "${String(name)}"`).all()]))
      opened.close()
      return rows
    },
    /** The file itself: SQLite changes it with every transaction that writes. */
    bytes: () => readFileSync(database).toString('base64'),
  }
}

const principalOf = (id: string) => (store: Store) => store.stores.directory.findServicePrincipalManagedBy(id.toLowerCase())

for (const [what, text] of [
  ['a file with something of everything', full],
  ['the default world', undefined],
] as const) {
  test(`applying twice writes nothing: ${what}`, async () => {
    const installation = newInstallation()
    await installation.apply(text)
    const [rows, bytes] = [installation.rows(), installation.bytes()]
    await installation.apply(text)
    assert.deepEqual(installation.rows(), rows)
    assert.equal(installation.bytes(), bytes)
  })
}

test('what the file says is made so, and what was made by hand beside it stays', async () => {
  const installation = newInstallation()
  await installation.apply(full)
  const before = await installation.byHand(async (store) => {
    const { resources } = store.stores
    const machine = await resources.findResource(web1.toLowerCase())
    assert.ok(machine?.identity)
    const group = await resources.findResourceGroup(subscriptionId, 'shop')
    assert.ok(group)
    await resources.saveResource({
      ...machine,
      tags: { byHand: 'yes' },
      identity: { ...machine.identity, userAssigned: [...machine.identity.userAssigned, identity('extra')] },
      properties: { ...machine.properties, note: 'by hand' },
    })
    await resources.saveResourceGroup({ ...group, tags: { team: 'changed', byHand: 'yes' } })
    await resources.saveResource({ ...machine, id: identity('extra'), identity: undefined, tags: undefined, properties: {} })
    return principalOf(web1)(store)
  })
  const edited = full
    .replace('Standard_D2s_v5', 'Standard_B1s')
    .replace('standard, family', 'premium, family')
    .replace('api://orders', 'api://sales')
    .replace('name: Test', 'name: Renamed')
    .replace('name: web-2, systemAssignedIdentity: false', 'name: web-3')
  await installation.apply(edited)
  await installation.byHand(async (store) => {
    const { resources, directory } = store.stores
    const machine = await resources.findResource(web1.toLowerCase())
    assert.deepEqual(await principalOf(web1)(store), before, 'the principal is the same')
    assert.ok(machine)
    assert.equal((machine.properties['hardwareProfile'] as { vmSize: string }).vmSize, 'Standard_B1s')
    assert.equal(machine.properties['note'], 'by hand')
    assert.deepEqual(machine.tags, { byHand: 'yes' })
    assert.deepEqual(machine.identity?.userAssigned, [identity('app'), identity('extra')])
    assert.deepEqual((await resources.findResourceGroup(subscriptionId, 'shop'))?.tags, { team: 'web', byHand: 'yes' })
    assert.equal((await resources.findSubscription(subscriptionId))?.displayName, 'Renamed')
    assert.deepEqual((await resources.findResource(vault.toLowerCase()))?.properties['sku'], { name: 'premium' })
    assert.deepEqual((await directory.findApplicationByName('deployer'))?.identifierUris, ['api://orders', 'api://sales'])
    assert.ok(await resources.findResource(web1.toLowerCase().replace('web-1', 'web-2')), 'what the file no longer has stays')
    assert.ok(await principalOf(web1.replace('web-1', 'web-3'))(store), 'a new machine has its identity on')
  })
})

test('a system identity is switched only where the file says it, or gives it a role', async () => {
  const installation = newInstallation()
  const isOn = async (name: string) =>
    installation.byHand(async (store) => (await principalOf(web1.replace('web-1', name))(store)) !== undefined)
  const switchOff = (name: string) =>
    installation.byHand(async ({ stores: { resources, directory } }) => {
      const machine = await resources.findResource(web1.toLowerCase().replace('web-1', name))
      assert.ok(machine?.identity?.systemAssigned !== undefined)
      await directory.deleteServicePrincipal(machine.identity.systemAssigned)
      await resources.saveResource({ ...machine, identity: undefined })
    })
  const text = (machine: string) => `${head}, virtualMachines: [${machine}] }] }]\n`
  await installation.apply(text('{ name: a }, { name: b }, { name: c }'))
  for (const name of ['a', 'b', 'c']) await switchOff(name)
  await installation.apply(
    `${text('{ name: a }, { name: b, systemAssignedIdentity: true }, { name: c }')}roleAssignments: [{ role: Reader, scope: /, principal: { virtualMachine: c } }]\n`,
  )
  assert.deepEqual([await isOn('a'), await isOn('b'), await isOn('c')], [false, true, true])
  await installation.apply(text('{ name: b, systemAssignedIdentity: false }, { name: c }'))
  assert.deepEqual([await isOn('b'), await isOn('c')], [false, true])
})

test('an identity of another group of the file is attached, whatever their order', async () => {
  const installation = newInstallation()
  const other = identity('app').replace('/shop/', '/later/')
  await installation.apply(
    `${head}, virtualMachines: [{ name: web-1, userAssignedIdentities: [${other}] }] }, { name: later, userAssignedIdentities: [{ name: app }] }] }]\n`,
  )
  const machine = await installation.byHand(({ stores }) => stores.resources.findResource(web1.toLowerCase()))
  assert.deepEqual(machine?.identity?.userAssigned, [other])
})

const refusals: readonly (readonly [string, string, RegExp])[] = [
  [
    'a role that is not there',
    `${head} }] }]\napplications: [{ name: a }]\nroleAssignments:\n  - { role: Raeder, scope: /, principal: { application: a } }\n`,
    /^lanyard\.yaml:4:13: roleAssignments\.0\.role: there is no role 'Raeder'; did you mean 'Reader'\?$/,
  ],
  [
    'a scope that is not there',
    `${head} }] }]\napplications: [{ name: a }]\nroleAssignments:\n  - { role: Reader, scope: ${identity('none')}, principal: { application: a } }\n`,
    /^lanyard\.yaml:4:5: roleAssignments\.0: there is nothing at the scope '.*none'$/,
  ],
  [
    'a group in another location',
    `${head}, location: northeurope }] }]\n`,
    /^lanyard\.yaml:1:\d+: subscriptions\.0\.resourceGroups\.0: Invalid resource group location 'northeurope'/,
  ],
  [
    'a machine in another location',
    `${head},\n virtualMachines: [{ name: web-1, location: northeurope }] }] }]\n`,
    /^lanyard\.yaml:2:20: .*virtualMachines\.0: The resource 'web-1' already exists in location 'westus'/,
  ],
  [
    'an identity that is not there',
    `${head},\n virtualMachines: [{ name: web-1, userAssignedIdentities: [${identity('none')}] }] }] }]\n`,
    /^lanyard\.yaml:2:20: .*virtualMachines\.0: .*'.*none' was not found/,
  ],
  [
    "another application's client id",
    `${head} }] }]\napplications: [{ name: deployer, clientId: ${subscriptionId} }]\n`,
    /^lanyard\.yaml:2:16: applications\.0: The application 'deployer' has the client id/,
  ],
  [
    "another application's identifier URI",
    `${head} }] }]\napplications: [{ name: new, identifierUris: [api://orders] }]\n`,
    /^lanyard\.yaml:2:16: applications\.0: The identifier URI api:\/\/orders belongs to 'deployer'/,
  ],
  [
    'a database without its server',
    `${head},\n resources: [{ type: Microsoft.Sql/servers/databases, name: none/orders }] }] }]\n`,
    /^lanyard\.yaml:2:14: .*resources\.0: .*the parent resource '.*none' could not be found/,
  ],
]

test('a file that asks for what cannot be is refused with its place, and changes nothing', async (t) => {
  const installation = newInstallation()
  await installation.apply(full)
  const rows = installation.rows()
  for (const [what, text, said] of refusals) {
    await t.test(what, async () => {
      const applied = installation.apply(text.replace('name: Test', 'name: Changed'))
      await assert.rejects(applied, (error) => {
        assert.ok(error instanceof WorldFileError, String(error))
        assert.match(error.message, said)
        return true
      })
      assert.deepEqual(installation.rows(), rows)
    })
  }
})

test('the example file is the default world', async () => {
  const example = readFileSync(new URL('../../examples/default.yaml', import.meta.url), 'utf8')
  const [fromFile, fromNothing] = [newInstallation(), newInstallation()]
  await fromFile.apply(example)
  await fromNothing.apply(undefined)
  const bytes = fromNothing.bytes()
  await fromNothing.apply(example)
  assert.equal(fromNothing.bytes(), bytes, 'applying the file to the default world writes nothing')
  const bare = (rows: Record<string, unknown>) => (rows['subscriptions'] as { subscription_id: string }[])[0]?.subscription_id
  assert.equal(bare(fromFile.rows()), defaultSubscriptionId)
})
