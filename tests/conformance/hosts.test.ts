// Real clients on every host: which identity they get by each way of asking. What came out is docs/compatibility.md.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { runLanyard } from '../support/run-lanyard.ts'
import { compatibilityTable, type Row } from './compatibility.ts'

const required = process.env['LANYARD_CONFORMANCE_REQUIRED'] === '1'
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const folder = mkdtempSync(path.join(tmpdir(), 'lanyard-hosts-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const world = here('../sdk/hosts.yaml')
const identity =
  '/subscriptions/6c616e79-6172-4400-8000-0000000000d1/resourceGroups/lanyard/providers/Microsoft.ManagedIdentity/userAssignedIdentities/app'
const hosts = ['vm', 'app-service', 'functions', 'container-apps', 'azure-ml', 'arc', 'cloud-shell', 'service-fabric'] as const
type Host = (typeof hosts)[number]
type Way = 'system' | 'named' | 'default'

interface Client {
  readonly version: readonly string[]
  readonly build?: () => void
  readonly command: readonly string[]
  /** Hosts on which the client lets no identity be named by its resource id; it, or the host, refuses. */
  readonly namesNone: readonly Host[]
}

const python = process.env['LANYARD_PYTHON'] ?? 'python3'
const clients: Readonly<Record<string, Client>> = {
  'azure-identity for Python': {
    version: [python, '-c', 'from importlib.metadata import version as v; print(v("azure-identity"), "with msal", v("msal"))'],
    command: [python, here('clients/python/host.py'), identity],
    namesNone: ['azure-ml', 'arc', 'cloud-shell', 'service-fabric'],
  },
  'azidentity for Go': {
    version: [
      'go',
      'list',
      '-C',
      here('clients/go'),
      '-f',
      '{{.Version}}',
      '-m',
      'github.com/Azure/azure-sdk-for-go/sdk/azidentity',
    ],
    build: () => void execFileSync('go', ['build', '-C', here('clients/go'), '-o', path.join(folder, 'go-host'), './host']),
    command: [path.join(folder, 'go-host'), identity],
    namesNone: ['azure-ml', 'arc', 'cloud-shell', 'service-fabric'],
  },
}

const rows: Row[] = []
for (const [name, { version, build, command, namesNone }] of Object.entries(clients)) {
  const installed = versionOf(version)
  const skip = installed === undefined && !required && `${name} is not installed`
  describe(`${name} (${installed ?? 'not installed'})`, { skip }, () => {
    test('is built', () => {
      assert.ok(installed !== undefined, `${name} is not installed`)
      build?.()
    })
    for (const host of hosts) {
      test(`on ${host}: the identity that was asked for, or a refusal`, async () => {
        const options = ['run', '-q', '--ephemeral', '--offline', '--config', world, '--vm', host]
        const { code, stdout, stderr } = await runLanyard([...options, '--', ...command], { cwd: folder })
        assert.equal(code, 0, stderr)
        const told = JSON.parse(stdout) as Record<Way, string>
        rows.push({ client: name, version: installed ?? '', host, ...told })
        assert.deepEqual([told.system, told.default], [host, host], stderr)
        if (namesNone.includes(host)) assert.ok(told.named === 'app' || /error|refused|exception/i.test(told.named), told.named)
        else assert.equal(told.named, 'app')
      })
    }
  })
}

test('docs/compatibility.md says what came out', (context) => {
  if (rows.length === 0) return context.skip('no client is installed')
  const file = here('../../docs/compatibility.md')
  const table = compatibilityTable(rows)
  if (process.env['LANYARD_WRITE_COMPATIBILITY'] === '1') {
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, table)
  }
  if (rows.length === Object.keys(clients).length * hosts.length) assert.equal(readFileSync(file, 'utf8'), table)
})

function versionOf([program = '', ...args]: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}
