import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { after, test } from 'node:test'
import { defaultSubscriptionId } from '../../src/world/default-world.ts'
import { runLanyard } from '../support/run-lanyard.ts'

const required = process.env['LANYARD_CONFORMANCE_REQUIRED'] === '1'
const here = (name: string) => fileURLToPath(new URL(`clients/${name}`, import.meta.url))
const folder = mkdtempSync(path.join(tmpdir(), 'lanyard-clients-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const python = process.env['LANYARD_PYTHON'] ?? 'python3'
const javaSdk = process.env['LANYARD_JAVA_SDK'] ?? ''
const javaPath = [folder, path.join(javaSdk, '*')].join(path.delimiter)

/** A program that knows nothing of Lanyard. */
interface Client {
  /** What says which version it is. */
  readonly version: readonly string[]
  /** Made before it runs, where the network may be needed. */
  readonly build?: () => void
  readonly command: readonly string[]
  readonly prints: string
}

/** What the programs of `plain/` print: the subscription that the machine may see. */
const plain = 'Lanyard\n'
/** What those of the SDKs print: the machine's groups by each of two credentials, and whether another identity was refused. */
const sdk = 'lanyard\nlanyard\nrefused: true\n'

const clients: Readonly<Record<string, Client>> = {
  curl: { version: ['curl', '--version'], command: ['bash', here('plain/client.sh')], prints: plain },
  'Python, urllib': { version: ['python3', '--version'], command: ['python3', here('plain/client.py')], prints: plain },
  'Node, fetch': { version: ['node', '--version'], command: ['node', here('plain/client.mjs')], prints: plain },
  'Java, HttpClient': {
    version: ['java', '--version'],
    command: ['java', here('plain/Client.java')],
    prints: plain,
  },
  'Azure SDK for Python': {
    version: [python, '-c', 'from importlib.metadata import version as v; print("azure-identity", v("azure-identity"))'],
    command: [python, here('python/client.py'), defaultSubscriptionId],
    prints: sdk,
  },
  'Azure SDK for Go': {
    version: ['go', 'list', '-C', here('go'), '-m', 'github.com/Azure/azure-sdk-for-go/sdk/azidentity'],
    build: () => void execFileSync('go', ['build', '-C', here('go'), '-o', path.join(folder, 'go-client'), '.']),
    command: [path.join(folder, 'go-client'), defaultSubscriptionId],
    prints: sdk,
  },
  'Azure SDK for Java': {
    version: ['sh', '-c', `java -version 2>&1 | head -1 && ls '${javaSdk}' | grep '^azure-identity-[0-9]'`],
    build: () => void execFileSync('javac', ['-cp', javaPath, '-d', folder, here('java/SdkClient.java')]),
    command: ['java', '-cp', javaPath, 'SdkClient', defaultSubscriptionId],
    prints: sdk,
  },
}

for (const [name, { version, build, command, prints }] of Object.entries(clients)) {
  const installed = versionOf(version)
  const skip = installed === undefined && !required && `${name} is not installed`
  test(`${name} (${installed ?? 'not installed'})`, { skip }, async () => {
    assert.ok(installed !== undefined, `${name} is not installed`)
    build?.()
    const options = ['run', '-q', '--ephemeral', '--offline']
    const { code, stdout, stderr } = await runLanyard([...options, '--', ...command], { cwd: folder })
    assert.deepEqual([code, stdout], [0, prints], stderr)
  })
}

test('nothing is left behind', () => {
  assert.deepEqual(
    readdirSync(folder).filter((name) => !/^(go-client|SdkClient\.class)$/.test(name)),
    [],
  )
})

function versionOf([program = '', ...args]: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' })
  return status === 0 ? stdout.trim().split('\n').join(', ').slice(0, 60) : undefined
}
