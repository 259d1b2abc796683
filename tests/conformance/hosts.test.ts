// Real clients on every host: which identity they get by each way of asking. What came out is docs/compatibility.md.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { hostKinds } from '../../src/resources/host-kind.ts'
import { runLanyard } from '../support/run-lanyard.ts'
import { startUpProcess, type UpProcess } from '../support/start-up-process.ts'
import { clients, versionOf, type Client } from './clients.ts'
import { compatibilityPage, linesOf, linesOfRows, type Row } from './compatibility.ts'
import { summaryOf, type Probe } from './probe.ts'
import { isSelected, required } from './selection.ts'

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const page = here('../../docs/compatibility.md')
const folder = mkdtempSync(path.join(tmpdir(), 'lanyard-hosts-'))
const data = path.join(folder, 'data')

/** Machines of hosts.yaml, and what the page calls them. */
const machines: Readonly<Record<string, string>> = {
  ...Object.fromEntries(hostKinds.map((kind) => [kind, kind])),
  'vm-two': 'vm, two identities, none its own',
  'vm-none': 'vm, no identity',
  'app-service-none': 'app-service, no identity',
}

/** Hosts that are asked at `localhost:50342`, which one of them can have at a time. */
const atOnePort: ReadonlySet<string> = new Set(['vm-extension', 'cloud-shell'])

let platform: UpProcess
/** What the programs ask with: `app` by its resource id, client id and object id; another's client id; the subscription. */
let ids: readonly string[]
const on = (machine: string, ...command: readonly string[]) =>
  runLanyard(['run', '-q', '--data', data, '--offline', '--vm', machine, '--', ...command], { cwd: folder })

before(async () => {
  platform = startUpProcess(data, '--config', here('hosts.yaml'))
  assert.ok(await platform.isUp, platform.printed.stderr)
  const { stdout, stderr } = await on('vm', 'sh', '-c', 'lanyard login --identity -o none && lanyard identity list -g lanyard')
  const listed = JSON.parse(stdout || '[]') as readonly { name: string; id: string; clientId: string; principalId: string }[]
  const [app, stranger] = ['app', 'stranger'].map((wanted) => listed.find(({ name }) => name === wanted))
  assert.ok(app && stranger, stderr)
  ids = [app.id, app.clientId, app.principalId, stranger.clientId, app.id.split('/')[2] ?? '']
})
after(async () => {
  platform.child.kill()
  await platform.ended
  rmSync(folder, { recursive: true, force: true })
})

const rows: Row[] = []
const probing = clients.filter(({ probe, language }) => probe && isSelected(language))
for (const client of probing) {
  const version = versionOf(client)
  const skip = version === undefined && !required && `${client.name} is not installed`
  describe(`${client.name} (${version ?? 'not installed'})`, { skip }, () => {
    test('is built', () => {
      assert.ok(version !== undefined, `${client.name} is not installed`)
      client.build?.(folder)
    })
    const onMachine = ([machine, host]: readonly [string, string]) => {
      void test(`on ${host}`, async () => {
        const { code, stdout, stderr } = await on(machine, ...(client.probe?.(folder) ?? []), ...ids)
        assert.equal(code, 0, stderr)
        const probe = JSON.parse(stdout) as Probe
        rows.push({ client: client.name, version: version ?? '', host, probe })
        check(client, machine, probe)
      })
    }
    const machines = machinesOf(client)
    describe('gets the identity that it asks for, or a refusal', { concurrency: 2 }, () => {
      for (const one of machines) if (!atOnePort.has(one[0])) onMachine(one)
    })
    describe('the same at the port that two hosts have', () => {
      for (const one of machines) if (atOnePort.has(one[0])) onMachine(one)
    })
    test('docs/compatibility.md says what came out', () => {
      if (process.env['LANYARD_WRITE_COMPATIBILITY'] === '1') return
      assert.deepEqual(linesOf(client.name, readFileSync(page, 'utf8')), linesOfRows(rowsOf(client.name)))
    })
  })
}

test('docs/compatibility.md is what the rows of all clients make', (context) => {
  const all = clients.flatMap(({ name }) => rowsOf(name))
  if (all.length < clients.flatMap((client) => (client.probe ? machinesOf(client) : [])).length) {
    return context.skip('not every client has run')
  }
  if (process.env['LANYARD_WRITE_COMPATIBILITY'] === '1') writeFileSync(page, compatibilityPage(all))
  assert.equal(readFileSync(page, 'utf8'), compatibilityPage(all))
})

/** The machines on which a client is run, with what the page calls them. */
function machinesOf({ notOn = [] }: Client): readonly (readonly [string, string])[] {
  return Object.entries(machines).filter(([machine]) => !notOn.some((kind) => kind === machine))
}

/** The rows of a client, in the order of the page. */
function rowsOf(name: string): readonly Row[] {
  return Object.values(machines).flatMap((host) => rows.filter((row) => row.client === name && row.host === host))
}

/** What holds for every client: never the token of an identity that was not asked for; on a virtual machine, always the one that was. */
function check({ namesNoneOn = [] }: Client, machine: string, probe: Probe): void {
  const told = JSON.stringify(probe)
  const passesOver = namesNoneOn.some((kind) => kind === machine)
  const own = machine === 'aks' ? ['aks', 'pod'] : [machine]
  for (const way of ['system', 'default'] as const) {
    const one = probe[way]
    if (typeof one === 'string') assert.ok(own.includes(one), told)
  }
  for (const way of ['clientId', 'objectId', 'resourceId'] as const) {
    const one = probe[way]
    // In a pod, libraries that take it for a managed identity pass over what names another.
    const expected = passesOver ? machine : 'app'
    if (typeof one === 'string') assert.ok(one === expected || (machine === 'aks' && one === 'pod'), told)
  }
  if (!passesOver) assert.ok(typeof probe.stranger === 'object', told)
  assert.ok(typeof probe.unknownResource === 'object', told)
  if (typeof (probe.default ?? probe.workload ?? probe.system) === 'string') assert.equal(probe.read, 'app', told)
  if (machine === 'vm') {
    assert.deepEqual([probe.system, probe.clientId, probe.objectId, probe.resourceId], ['vm', 'app', 'app', 'app'], told)
  }
  if (machine === 'aks') assert.equal(summaryOf(probe.workload), 'pod', told)
}
