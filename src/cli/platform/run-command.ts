import { spawn } from 'node:child_process'
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

/**
 * Runs a command with our streams and waits for it, handing on the signals that we get.
 * @returns its exit code; 128 plus the signal's number when a signal ended it, as shells say
 * @throws CommandNotStartedError
 */
export async function runCommand(command: readonly string[], env: Readonly<Record<string, string | undefined>>): Promise<number> {
  const [program = '', ...args] = command
  const child = spawn(program, args, { stdio: 'inherit', env: { ...env } })
  // A terminal sends Ctrl-C to the whole group: the child has it already.
  const hand = (signal: NodeJS.Signals) => {
    if (!(signal === 'SIGINT' && process.stdin.isTTY)) child.kill(signal)
  }
  for (const signal of forwarded) process.on(signal, hand)
  try {
    return await new Promise<number>((resolve, reject) => {
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
      child.once('exit', (code, signal) => {
        resolve(signal ? 128 + (constants.signals[signal] ?? 0) : (code ?? 1))
      })
    })
  } finally {
    for (const signal of forwarded) process.off(signal, hand)
  }
}
