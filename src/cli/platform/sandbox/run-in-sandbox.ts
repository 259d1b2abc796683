import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { CommandIo } from '../../command-io.ts'
import type { ConnectOptions } from '../connect.ts'
import { writeOwnCommand } from '../own-command.ts'
import type { holdSignals } from '../run-command.ts'
import { projectedTokenIn, runEnvironment } from '../run-environment.ts'
import { machineName, openRunSession } from '../run-session.ts'
import { trustFilesIn, writeTrust } from '../write-trust.ts'
import { createExtensionPorts } from './extension-ports.ts'
import type { Sandbox, SandboxStart } from './open-sandbox.ts'
import { relayTo, tunnelThrough } from './relay.ts'
import { arcKeysIn, planSandbox } from './sandbox-plan.ts'

/** What is run in a sandbox that has begun to start, and as which machine. */
export interface SandboxRun {
  readonly start: SandboxStart
  readonly signals: ReturnType<typeof holdSignals>
  readonly vm: string
  /** The user's shell when it is empty. */
  readonly command: readonly string[]
  readonly options: ConnectOptions
}

/**
 * Runs a command on a machine, in namespaces of its own, and answers with its exit code. Leaves nothing behind but the sandbox, which is
 * the caller's to close.
 * @throws SandboxRefusedError, or Error with a sentence for the user when there is no such machine
 */
export async function runInSandbox(io: CommandIo, { start, signals, vm, command, options }: SandboxRun): Promise<number> {
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
    // Before the folder goes: what runs inside has its files open.
    start.close()
    await Promise.all([close(), rm(folder, { recursive: true, force: true })])
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
