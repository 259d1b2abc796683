import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Command } from 'commander'
import { attach } from '../../server/control-socket.ts'
import { controlSocketPath, defaultDataPath } from '../../server/data-path.ts'
import type { Session, SessionFacts } from '../../server/session.ts'
import type { CommandIo } from '../command-io.ts'
import { writeOwnCommand } from './own-command.ts'
import { CommandNotStartedError, holdSignals, runCommand } from './run-command.ts'
import { projectedTokenIn, runEnvironment } from './run-environment.ts'
import { writeTrust } from './write-trust.ts'

export interface RunOptions {
  readonly vm?: string
  readonly resourceGroup?: string
  readonly as?: string
  readonly config?: string
  readonly data?: string
  readonly offline?: boolean
  readonly quiet?: boolean
  readonly ephemeral?: boolean
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
  const session = await openRunSession(io, options)
  const signals = holdSignals()
  const folder = await mkdtemp(path.join(tmpdir(), 'lanyard-run-'))
  try {
    await writeTrust(folder, session.facts.certificateAuthority, io)
    const { projectedToken } = session.facts
    if (projectedToken !== undefined) await writeFile(projectedTokenIn(folder), projectedToken, { mode: 0o600 })
    if (!options.quiet) {
      const { host, vmExtension, machineId } = session.facts
      const extension = host !== 'vm' || vmExtension ? '' : '; localhost:50342 is taken by another program'
      io.stderr.write(`lanyard: running as ${machineName(machineId, host)} (${session.origin})${extension}\n`)
    }
    const binaries = await writeOwnCommand(folder, [process.execPath, ...process.execArgv, process.argv[1] ?? ''])
    const env = binaries === undefined ? io.env : { ...io.env, PATH: [binaries, io.env['PATH'] ?? ''].join(path.delimiter) }
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

async function openRunSession(io: CommandIo, options: RunOptions): Promise<Session & { origin: string }> {
  const wanted = { machine: options.vm, resourceGroup: options.resourceGroup, application: options.as }
  if (!options.ephemeral && options.config === undefined) {
    const attached = await attach(controlSocketPath(options.data ?? defaultDataPath(io.env)), wanted)
    if (attached) return { ...attached, origin: 'attached to the running platform' }
  }
  // Only here: the platform takes longer to load than a command takes that has one to attach to.
  const { createLogger, loadWorld, openSession, startPlatform } = await import('../../server/index.ts')
  const { getProxyForUrl } = await import('proxy-from-env')
  const world = await loadWorld(options.config, io.cwd)
  const platform = await startPlatform({
    dataPath: undefined,
    world: world?.world,
    worldPlaceOf: world?.placeOf,
    offline: options.offline ?? false,
    proxyForUrl: getProxyForUrl,
    logger: createLogger('warn', io.stderr),
  })
  const session = await openSession(platform, wanted)
  return {
    facts: session.facts,
    origin: `platform of its own, ${world ? `world ${world.file}` : 'default world'}`,
    close: async () => {
      await session.close()
      await platform.close()
    },
  }
}

function machineName(machineId: string, host: SessionFacts['host']): string {
  const segments = machineId.split('/')
  return `${host === 'vm' ? 'VM' : host} ${segments.at(-1) ?? ''}, group ${segments[4] ?? ''}`
}
