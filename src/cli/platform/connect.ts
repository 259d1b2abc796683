import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Command } from 'commander'
import type { CommandIo } from '../command-io.ts'
import { writeOwnCommand } from './own-command.ts'
import { holdSignals } from './run-command.ts'
import { projectedTokenIn, runEnvironment } from './run-environment.ts'
import { machineName, openRunSession, type PlatformChoice } from './run-session.ts'
import { createExtensionPorts } from './sandbox/extension-ports.ts'
import { startSandbox, type Sandbox } from './sandbox/open-sandbox.ts'
import { SandboxRefusedError } from './sandbox/refusal.ts'
import { relayTo, tunnelThrough } from './sandbox/relay.ts'
import { arcKeysIn, planSandbox } from './sandbox/sandbox-plan.ts'
import { trustFilesIn, writeTrust } from './write-trust.ts'

interface ConnectOptions extends PlatformChoice {
  readonly resourceGroup?: string
  readonly as?: string
  readonly quiet?: boolean
}

/** `lanyard connect`: a shell on the virtual machine. */
export function createCommand(io: CommandIo): Command {
  return new Command('connect')
    .summary('open a shell on the virtual machine, for programs that take no proxy too')
    .description(
      'Runs a shell, or a command, in a network of its own in which 169.254.169.254, the hosts of Azure and, where its extension is deployed, localhost:50342 are those of a virtual machine.',
    )
    .argument('<vm>', 'the machine')
    .argument('[command...]', "the command and its arguments, after --; the user's shell when left out")
    .option('-g, --resource-group <name>', 'its resource group, when several have a machine of that name')
    .option('--as <application>', 'also sign in as this application of the world file (AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, …)')
    .option('--config <file>', 'the world file; lanyard.yaml in this folder or above when left out')
    .option('--data <directory>', 'data directory of the platform to attach to')
    .option('--ephemeral', 'start a platform of its own even where one is running')
    .option('--offline', 'refuse hosts that Lanyard does not serve')
    .option('-q, --quiet', 'do not say what was done')
    .addHelpText(
      'after',
      `
Linux only, and no root. Other hosts are reached through the proxy variables alone. What is left running ends with the shell.

Examples:
  lanyard connect web-1
  lanyard connect web-1 -- az login --identity
  lanyard connect web-1 -- curl -H Metadata:true 'http://169.254.169.254/metadata/instance?api-version=2021-02-01'

Exit code: the command's own; 126 or 127 when it could not be started; 1 when the platform or the namespaces could not.`,
    )
    .action(async (vm: string, command: string[], options: ConnectOptions) => {
      io.setExitCode(await connect(io, vm, command, options))
    })
}

async function connect(io: CommandIo, vm: string, command: readonly string[], options: ConnectOptions): Promise<number> {
  if (process.platform !== 'linux') {
    throw new SandboxRefusedError('lanyard connect needs the namespaces of Linux. Use lanyard run, which works everywhere.')
  }
  const signals = holdSignals()
  const start = startSandbox(io.env)
  const folder = await mkdtemp(path.join(tmpdir(), 'lanyard-connect-'))
  let close = async () => {}
  try {
    const session = await openRunSession(io, options, {
      machine: vm,
      resourceGroup: options.resourceGroup,
      application: options.as,
      arcKeyDirectory: arcKeysIn(folder),
    })
    close = () => session.close()
    const { facts } = session
    const planned = await planSandbox(folder, facts, trustFilesIn(folder))
    const [sandbox, binaries] = await Promise.all([
      start.make(planned.plan),
      writeOwnCommand(folder, [process.execPath, ...process.execArgv, process.argv[1] ?? '']),
      writeTrust(folder, facts.certificateAuthority, io),
      facts.projectedToken === undefined ? undefined : writeFile(projectedTokenIn(folder), facts.projectedToken, { mode: 0o600 }),
    ])
    const proxy = new URL(facts.proxyUrl)
    lead(sandbox, planned, proxy)
    const extension = createExtensionPorts(sandbox, Number(proxy.port))
    session.onExtension((state) => void extension.follow(state))
    await extension.follow(facts.extension)
    const name = machineName(facts.machineId, facts.host)
    if (!options.quiet) io.stderr.write(`lanyard: connected to ${name} (${session.origin})\n`)
    const env = {
      ...io.env,
      PATH: [binaries, io.env['PATH'] ?? ''].filter(Boolean).join(path.delimiter),
      // What the command asks of its platform (lanyard doctor, lanyard logs) it asks of this one.
      ...(options.data !== undefined && { LANYARD_DATA: path.resolve(io.cwd, options.data) }),
    }
    signals.handTo(sandbox.child)
    return await sandbox.run({
      command: command.length > 0 ? command : [io.env['SHELL'] ?? '/bin/sh'],
      // The prompts of Debian and its relatives show what is in this variable.
      env: { ...runEnvironment(env, facts, folder), debian_chroot: facts.machineId.split('/').at(-1) },
      uid: process.getuid?.() ?? 0,
      gid: process.getgid?.() ?? 0,
    })
  } finally {
    start.close()
    await Promise.all([close(), rm(folder, { recursive: true, force: true })])
    signals.release()
  }
}

/** Leads what comes out of the sandbox to the platform. */
function lead({ servers }: Sandbox, { targets, hostAt }: Awaited<ReturnType<typeof planSandbox>>, proxy: URL): void {
  for (const [index, server] of servers.entries()) {
    const target = targets[index]
    if (typeof target === 'number') relayTo(server, target)
    else tunnelThrough(server, proxy, hostAt)
    // The command decides how long all of this lives.
    server.unref()
  }
}
