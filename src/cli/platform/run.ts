import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Command } from 'commander'
import type { SessionFacts } from '../../server/session.ts'
import type { CommandIo } from '../command-io.ts'
import { writeOwnCommand } from './own-command.ts'
import { CommandNotStartedError, holdSignals, runCommand } from './run-command.ts'
import { projectedTokenIn, runEnvironment } from './run-environment.ts'
import { machineName, openRunSession, type PlatformChoice } from './run-session.ts'
import { writeTrust } from './write-trust.ts'

export interface RunOptions extends PlatformChoice {
  readonly vm?: string
  readonly resourceGroup?: string
  readonly as?: string
  readonly quiet?: boolean
}

/** `lanyard run`: any command, as if it ran on the virtual machine. */
export function createCommand(io: CommandIo): Command {
  return new Command('run')
    .summary('run a command as if it ran on the virtual machine')
    .description('Runs a command whose Azure calls reach Lanyard, with the identity of a virtual machine.')
    .argument('<command...>', 'the command and its arguments')
    .option('--vm <name>', 'the virtual machine to be; the only one when left out')
    .option('-g, --resource-group <name>', 'its resource group, when several have a machine of that name')
    .option('--as <application>', 'also sign in as this application of the world file (AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, …)')
    .option('--config <file>', 'the world file; lanyard.yaml in this folder or above when left out')
    .option('--data <directory>', 'data directory of the platform to attach to')
    .option('--ephemeral', 'start a platform of its own even where one is running')
    .option('--offline', 'refuse hosts that Lanyard does not serve')
    .option('-q, --quiet', 'do not say what was done')
    .passThroughOptions()
    .addHelpText(
      'after',
      `
Attaches to the platform that \`lanyard up\` started; where none runs, starts one in this process that ends with the command.

Examples:
  lanyard run -- az login --identity
  lanyard run --vm web-1 -- python app.py
  lanyard run --offline -- bash sign-in.sh

Exit code: the command's own; 126 or 127 when it could not be started; 1 when the platform could not.`,
    )
    .action(async (command: string[], options: RunOptions) => {
      io.setExitCode(await run(io, command, options))
    })
}

/** Runs `command` as a machine and answers with its exit code. Leaves nothing behind. */
export async function run(io: CommandIo, command: readonly string[], options: RunOptions): Promise<number> {
  const session = await openRunSession(io, options, {
    machine: options.vm,
    resourceGroup: options.resourceGroup,
    application: options.as,
  })
  const signals = holdSignals()
  const folder = await mkdtemp(path.join(tmpdir(), 'lanyard-run-'))
  try {
    await writeTrust(folder, session.facts.certificateAuthority, io)
    const { projectedToken } = session.facts
    if (projectedToken !== undefined) await writeFile(projectedTokenIn(folder), projectedToken, { mode: 0o600 })
    if (!options.quiet) {
      const { host, machineId } = session.facts
      io.stderr.write(`lanyard: running as ${machineName(machineId, host)} (${session.origin})${portTaken(session.facts)}\n`)
    }
    const binaries = await writeOwnCommand(folder, [process.execPath, ...process.execArgv, process.argv[1] ?? ''])
    const env = {
      ...io.env,
      ...(binaries !== undefined && { PATH: [binaries, io.env['PATH'] ?? ''].join(path.delimiter) }),
      // What the command asks of its platform (lanyard doctor, lanyard logs) it asks of this one.
      ...(options.data !== undefined && { LANYARD_DATA: path.resolve(io.cwd, options.data) }),
    }
    return await runCommand(command, runEnvironment(env, session.facts, folder), signals)
  } catch (error) {
    if (!(error instanceof CommandNotStartedError)) throw error
    io.stderr.write(`lanyard: ${error.message}\n`)
    return error.exitCode
  } finally {
    await Promise.all([session.close(), rm(folder, { recursive: true, force: true })])
    signals.release()
  }
}

/** What is said where another program has the port at which clients ask whatever their variables say; empty elsewhere. */
function portTaken({ host, extension, environment }: SessionFacts): string {
  if (host === 'cloud-shell' && !environment['MSI_ENDPOINT']?.includes(':50342/')) {
    return '; localhost:50342, where some clients look for Cloud Shell, is taken by another program'
  }
  const isTaken = host === 'vm' && extension.port !== undefined && extension.listening === undefined
  return isTaken ? `; localhost:${extension.port} of its extension is taken by another program` : ''
}
