import { Command } from 'commander'
import type { CommandIo } from '../command-io.ts'
import { holdSignals } from './run-command.ts'
import type { PlatformChoice } from './run-session.ts'
import { startSandbox } from './sandbox/open-sandbox.ts'
import { SandboxRefusedError } from './sandbox/refusal.ts'

export interface ConnectOptions extends PlatformChoice {
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
  try {
    // Loaded while the process inside starts, which is what a command in there waits for.
    const { runInSandbox } = await import('./sandbox/run-in-sandbox.ts')
    return await runInSandbox(io, { start, signals, vm, command, options })
  } finally {
    start.close()
    signals.release()
  }
}
