// The clients that are run, each with what says its version, how its programs are built, and the command of each.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { defaultSubscriptionId as subscription } from '../../src/world/default-world.ts'
import type { HostKind } from '../../src/resources/host-kind.ts'
import type { Language } from './selection.ts'

const here = (name: string) => fileURLToPath(new URL(`clients/${name}`, import.meta.url))

/** A program that knows nothing of Lanyard, in a library or a tool that knows nothing of it either. */
export interface Client {
  readonly name: string
  readonly language: Language
  /** A command that prints the version; it fails where the client is not installed. */
  readonly version: readonly string[]
  /** Makes the programs in a folder, where the language needs it. */
  readonly build?: (folder: string) => void
  /** Asks for tokens in every way on one machine (`probe.ts`); what follows it are the ids that it asks with. */
  readonly probe?: (folder: string) => readonly string[]
  /** Hosts on which it is not run, for the reason that docs/compatibility.md gives. */
  readonly notOn?: readonly HostKind[]
  /** Hosts on which it passes over what names an identity, and asks for the machine's own. */
  readonly namesNoneOn?: readonly HostKind[]
  /** A program of users on a virtual machine, and what it prints. */
  readonly program?: (folder: string) => { readonly command: readonly string[]; readonly prints: string }
}

const python = process.env['LANYARD_PYTHON'] ?? 'python3'
const javaSdk = process.env['LANYARD_JAVA_SDK'] ?? ''
const rustTarget = process.env['LANYARD_RUST_TARGET'] ?? here('rust/target')
const javaPath = (folder: string) => [folder, path.join(javaSdk, '*')].join(path.delimiter)

/** What the programs of `plain/` print: the subscription that the machine may see. */
const plain = 'Lanyard\n'
/** What those of the SDKs print: the machine's groups by each of two credentials, and whether another identity was refused. */
const sdk = 'lanyard\nlanyard\nrefused: true\n'

const ofSdk: readonly Client[] = [
  {
    name: '@azure/identity for JavaScript',
    language: 'javascript',
    version: [process.execPath, '-p', 'require("@azure/identity/package.json").version'],
    probe: () => [process.execPath, here('javascript/probe.ts')],
  },
  {
    name: 'azure-identity for Python',
    language: 'python',
    version: [python, '-c', 'from importlib.metadata import version as v; print(v("azure-identity"), "with msal", v("msal"))'],
    probe: () => [python, here('python/probe.py')],
    program: () => ({ command: [python, here('python/client.py'), subscription], prints: sdk }),
  },
  {
    name: 'azidentity for Go',
    language: 'go',
    version: ['go', 'list', '-C', here('go'), '-f', '{{.Version}}', '-m', 'github.com/Azure/azure-sdk-for-go/sdk/azidentity'],
    build: (folder) => void execFileSync('go', ['build', '-C', here('go'), '-o', `${folder}/go/`, '.', './probe']),
    probe: (folder) => [path.join(folder, 'go', 'probe')],
    program: (folder) => ({ command: [path.join(folder, 'go', 'client'), subscription], prints: sdk }),
  },
  {
    name: 'azure-identity for Java',
    language: 'java',
    version: ['sh', '-c', `javac -version >&2 && ls '${javaSdk}' | sed -n 's/^azure-identity-\\([0-9.]*\\).jar/\\1/p' | grep .`],
    build: (folder) =>
      void execFileSync('javac', ['-cp', javaPath(folder), '-d', folder, here('java/SdkClient.java'), here('java/Probe.java')]),
    probe: (folder) => ['java', '-XX:TieredStopAtLevel=1', '-cp', javaPath(folder), 'Probe'],
    program: (folder) => ({ command: ['java', '-cp', javaPath(folder), 'SdkClient', subscription], prints: sdk }),
  },
  {
    name: 'azure_identity for Rust',
    language: 'rust',
    version: [
      'sh',
      '-c',
      `cargo --version >&2 && sed -n '/^name = "azure_identity"$/{n;s/version = "\\(.*\\)"/\\1/p}' '${here('rust/Cargo.lock')}'`,
    ],
    build: () =>
      void execFileSync('cargo', [
        'build',
        '-q',
        '--locked',
        '--manifest-path',
        here('rust/Cargo.toml'),
        '--target-dir',
        rustTarget,
      ]),
    probe: () => [path.join(rustTarget, 'debug', 'lanyard-probe')],
  },
]

/** Azure CLI, of a path or a name on the path. Up to 2.68 one flag takes whatever names an identity. */
const azureCli = (name: string, az: string, selectors: 'one' | 'own', hosts: Pick<Client, 'notOn' | 'namesNoneOn'>): Client => ({
  ...hosts,
  name,
  language: 'az',
  version: [az, 'version', '--query', '"azure-cli"', '-o', 'tsv'],
  probe: () => [process.execPath, here('az/probe.mjs'), az, selectors],
})

const withoutSdk: readonly Client[] = [
  {
    name: 'curl',
    language: 'plain',
    version: ['curl', '--version'],
    program: () => ({ command: ['bash', here('plain/client.sh')], prints: plain }),
  },
  {
    name: 'Python, urllib',
    language: 'plain',
    version: ['python3', '--version'],
    program: () => ({ command: ['python3', here('plain/client.py')], prints: plain }),
  },
  {
    name: 'Node, fetch',
    language: 'plain',
    version: ['node', '--version'],
    program: () => ({ command: ['node', here('plain/client.mjs')], prints: plain }),
  },
  {
    name: 'Java, HttpClient',
    language: 'plain',
    version: ['java', '--version'],
    program: () => ({ command: ['java', here('plain/Client.java')], prints: plain }),
  },
]

/** The Azure CLI of the distribution, and the newest one. */
export const azureClis = {
  oldest: process.env['LANYARD_AZ_OLDEST'] ?? '/usr/bin/az',
  newest: process.env['LANYARD_AZ_NEWEST'] ?? 'az-newest',
}

export const clients: readonly Client[] = [
  ...ofSdk,
  azureCli('Azure CLI of Debian 12', azureClis.oldest, 'one', { notOn: ['arc'], namesNoneOn: ['cloud-shell'] }),
  azureCli('Azure CLI of PyPI', azureClis.newest, 'own', { namesNoneOn: ['cloud-shell', 'service-fabric'] }),
  ...withoutSdk,
]

/** The version that is installed; undefined where none is. */
export function versionOf({ version: [program = '', ...args] }: Pick<Client, 'version'>): string | undefined {
  if (path.isAbsolute(program) && !existsSync(program)) return undefined
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' })
  return status === 0 ? stdout.trim().split('\n').join(', ').slice(0, 60) : undefined
}
