import { CommanderError } from 'commander'
import type { CommandIo } from './command-io.ts'
import { exitCodes } from './exit-codes.ts'
import { createProgram } from './program.ts'

const shown = new Set(['commander.helpDisplayed', 'commander.version'])

/** Runs one command line, without the program's own name. Ends by setting the exit code, never by throwing. */
export async function runProgram(io: CommandIo, words: readonly string[]): Promise<void> {
  try {
    const program = await createProgram(io, words)
    await program.parseAsync(words, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      // Only here: it knows the errors of the API's client, which takes a while to load.
      const { reportError } = await import('./report-error.ts')
      return reportError(io, error)
    }
    const asked = shown.has(error.code) || (error.code === 'commander.help' && words.includes('help'))
    io.setExitCode(asked ? exitCodes.success : exitCodes.usage)
  }
}
