import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process'
import { constants } from 'node:os'

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'] as const

/** The command could not be started at all: it is not there, or not executable. */
export class CommandNotStartedError extends Error {
  override name = 'CommandNotStartedError'
  readonly exitCode: number
  constructor(message: string, exitCode: number) {
    super(message)
    this.exitCode = exitCode
  }
}

/** Signals that are kept from ending this process, since something has to be cleared away first. */
export interface HeldSignals {
  /** The first that came; undefined while none has. */
  first(): NodeJS.Signals | undefined
  /** From now on the command gets them. */
  handTo(command: ChildProcess): void
  release(): void
}

/** Holds signals from now on, so that none falls between a private folder and the command that it is for. */
export function holdSignals(): HeldSignals {
  let command: ChildProcess | undefined
  let first: NodeJS.Signals | undefined
  const take = (signal: NodeJS.Signals) => {
    first ??= signal
    // A terminal sends Ctrl-C to the whole group: the command has it already.
    if (!(signal === 'SIGINT' && process.stdin.isTTY)) command?.kill(signal)
  }
  for (const signal of forwarded) process.on(signal, take)
  return {
    first: () => first,
    handTo: (started) => (command = started),
    release: () => {
      for (const signal of forwarded) process.off(signal, take)
    },
  }
}

/** The exit code that shells give for an end by a signal. */
export function signalExitCode(signal: NodeJS.Signals): number {
  return 128 + (constants.signals[signal] ?? 0)
}

/**
 * Runs a command and waits for it, handing on the signals that we get.
 * @returns its exit code, or that of the signal that ended it
 * @throws CommandNotStartedError
 */
export async function runCommand(
  command: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  signals: HeldSignals,
  stdio: StdioOptions = 'inherit',
): Promise<number> {
  const early = signals.first()
  if (early !== undefined) return signalExitCode(early)
  const [program = '', ...args] = command
  const child = spawn(program, args, { stdio, env: { ...env } })
  signals.handTo(child)
  return new Promise<number>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      const missing = error.code === 'ENOENT'
      reject(
        new CommandNotStartedError(
          missing
            ? `'${program}' was not found. Is it installed, and on the PATH?`
            : `'${program}' could not be started (${error.code})`,
          missing ? 127 : 126,
        ),
      )
    })
    child.once('exit', (code, signal) => resolve(signal ? signalExitCode(signal) : (code ?? 1)))
  })
}
