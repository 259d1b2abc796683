import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import net, { type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, describe, test } from 'node:test'
import { diagnosisReport } from '../../src/contracts/diagnosis-report.ts'
import { runLanyard } from '../support/run-lanyard.ts'
import { startUpProcess } from '../support/start-up-process.ts'

const namespaces = spawnSync('unshare', ['-Urnm', '--pid', '--fork', 'ip', 'link'], { encoding: 'utf8' })
const noNamespaces =
  namespaces.status === 0 ? false : `no namespaces here: ${namespaces.stderr ?? namespaces.error?.message ?? ''}`

const folder = mkdtempSync(path.join(tmpdir(), 'lanyard-doctor-'))
const world = path.join(folder, 'world.yaml')
const data = path.join(folder, 'data')
writeFileSync(
  world,
  `subscriptions:
  - name: Doctor
    id: 6c616e79-6172-4400-8000-0000000000e7
    resourceGroups:
      - name: lanyard
        virtualMachines: [{ name: web-1 }, { name: web-2 }]
        machines:
          - { name: site, host: app-service }
          - { name: far, host: arc }
          - { name: fabric, host: service-fabric }
roleAssignments:
  - { role: Reader, principal: { virtualMachine: web-1 }, scope: resourceGroups/lanyard }
  - { role: Reader, principal: { machine: site }, scope: resourceGroups/lanyard }
  - { role: Reader, principal: { machine: fabric }, scope: resourceGroups/lanyard }
`,
)
after(() => rmSync(folder, { recursive: true, force: true }))

const inside = (command: 'run' | 'connect', machine: string, ...words: readonly string[]) => {
  const named = command === 'run' ? ['--vm', machine] : [machine]
  const own = words.includes('--fix') ? ['--data', data] : ['--ephemeral', '--config', world]
  return runLanyard([command, ...named, '-q', ...own, '--', 'lanyard', 'doctor', '--timeout', '60', ...words], {
    env: { TMPDIR: folder },
  })
}
const reportOf = ({ stdout, stderr }: { stdout: string; stderr: string }) => {
  assert.notEqual(stdout, '', stderr)
  return diagnosisReport.parse(JSON.parse(stdout))
}

test('lanyard run -- lanyard doctor: the chain holds on a machine that may read itself', async () => {
  const finished = await inside('run', 'web-1', '--json')
  const report = reportOf(finished)
  assert.deepEqual([finished.code, report.healthy, report.onLanyard, report.host], [0, true, true, 'vm'], finished.stdout)
})

test('on a platform that ends with its run, the change is shown as a line of the world file', async () => {
  const { code, stdout } = await inside('run', 'web-2')
  assert.equal(code, 21)
  assert.match(stdout, /- \{ role: Reader, principal: \{ virtualMachine: web-2 \}, scope: resourceGroups\/lanyard \}/)
})

for (const [machine, host, exitCode] of [
  ['site', 'appService', 0],
  ['fabric', 'serviceFabric', 0],
  ['far', 'arc', 21],
] as const) {
  test(`the same on ${host}, by the variables of the host`, async () => {
    const finished = await inside('run', machine, '--json')
    assert.deepEqual([finished.code, reportOf(finished).host], [exitCode, host], finished.stdout)
  })
}

test('lanyard connect: the addresses of Azure are those of the machine', { skip: noNamespaces }, async () => {
  const finished = await inside('connect', 'web-1', '--json')
  const report = reportOf(finished)
  assert.deepEqual(
    [finished.code, report.links[0]?.detail.startsWith('http://169.254.169.254 answers')],
    [0, true],
    finished.stdout,
  )
})

describe('with a platform that is up', () => {
  test('--fix --yes repairs it from run, and from connect, whose loopback is its own', async () => {
    const up = startUpProcess(data, '--config', world, '--portal-port', '0')
    try {
      assert.ok(await up.isUp, up.printed.stderr)
      const repaired = await inside('run', 'web-2', '--fix', '--yes')
      assert.equal(repaired.code, 0, repaired.stderr)
      assert.match(repaired.stdout, /The chain holds/)
      if (noNamespaces) return
      const connected = await inside('connect', 'far', '--fix', '--yes')
      assert.equal(connected.code, 0, connected.stderr)
    } finally {
      up.child.kill('SIGTERM')
      await up.ended
    }
  })
})

test('where packets go in and nothing comes out, it ends, and says that nothing answered', async () => {
  const hole = net.createServer(() => undefined).listen(0, '127.0.0.1')
  await new Promise((resolve) => hole.once('listening', resolve))
  const { port } = hole.address() as AddressInfo
  const env = {
    AZURE_POD_IDENTITY_AUTHORITY_HOST: `http://127.0.0.1:${port}`,
    LANYARD_DATA: path.join(folder, 'nothing'),
    LANYARD_VM: '',
    NO_PROXY: '127.0.0.1',
  }
  const { code, stdout } = await runLanyard(['doctor', '--timeout', '0.5'], { env })
  hole.close()
  assert.equal(code, 10)
  assert.match(stdout, /no answer within 0\.5 s/)
})
