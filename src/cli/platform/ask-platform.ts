import { Command, Option } from 'commander'
import { callControl } from '../../server/control-call.ts'
import { controlSocketPath, defaultDataPath } from '../../server/data-path.ts'
import type { CommandIo } from '../command-io.ts'
import { CommandFailedError } from '../exit-codes.ts'
import { outputFormats, writeResult, type OutputFormat } from '../output/write-result.ts'

export interface AskingOptions {
  readonly data?: string
  readonly output: OutputFormat
  readonly query?: string
}

/**
 * A command that asks a running platform, with the options of all such.
 * @param examples command lines without the program's name
 */
export function askingCommand(name: string, summary: string, examples: readonly string[]): Command {
  return new Command(name)
    .summary(summary)
    .description(`${summary}.`)
    .addHelpText('after', `\nExamples:${examples.map((example) => `\n  lanyard ${example}`).join('')}`)
    .option('--data <directory>', "data directory of the running platform; the user's when left out")
    .addOption(new Option('-o, --output <format>', 'output format').choices(outputFormats).default('json'))
    .option('--query <jmespath>', 'JMESPath query on the result')
}

/**
 * Asks the running platform and writes what it answers.
 * @param table JMESPath of the columns of `-o table`
 * @throws CommandFailedError when none is running
 */
export async function askPlatform(
  io: CommandIo,
  { data, output, query }: AskingOptions,
  { method, path, body, table }: { method: string; path: string; body?: object; table?: string },
): Promise<void> {
  const directory = data ?? defaultDataPath(io.env)
  const answer = await callControl(controlSocketPath(directory), method, path, body)
  if (answer === undefined) {
    throw new CommandFailedError(`No platform is running with the data directory ${directory}. Start one: lanyard up`)
  }
  await writeResult(io, answer, { output, query, table })
}
