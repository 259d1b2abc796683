import { createInterface } from 'node:readline/promises'
import type { CommandIo } from '../command-io.ts'
import { CommandFailedError } from '../exit-codes.ts'

/** Asks before something is destroyed. @throws CommandFailedError when nobody can answer, or the answer is no */
export async function confirm(io: CommandIo, yes: boolean | undefined): Promise<void> {
  if (yes) return
  if (!io.stdin.isTTY) throw new CommandFailedError('Unable to prompt for confirmation as no tty available. Use --yes.')
  const prompt = createInterface({ input: io.stdin, output: io.stderr })
  const answer = await prompt.question('Are you sure you want to perform this operation? (y/n): ').finally(() => prompt.close())
  if (!/^y(es)?$/i.test(answer.trim())) throw new CommandFailedError('Operation cancelled.')
}
