import { Command, Option } from 'commander'
import type { CommandIo } from './command-io.ts'
import { createMessages, type Loudness } from './session/messages.ts'
import { createSession, type Session } from './session/session.ts'
import { outputFormats, writeResult, type OutputFormat } from './output/write-result.ts'

/** One verb of the built-in client. */
export interface Verb<Options> {
  readonly name: string
  readonly summary: string
  /** Command lines without the program's name. */
  readonly examples: readonly string[]
  /** JMESPath of the columns of `-o table`. */
  readonly table?: string
  /** Adds the verb's own options. */
  configure?(command: Command): void
  /** Does it. What it resolves with goes to the standard output. */
  run(session: Session, options: Options): Promise<unknown>
}

export type CommandFactory = (io: CommandIo) => Command

interface GlobalOptions extends Loudness {
  readonly query?: string
  readonly output?: OutputFormat
  readonly out?: OutputFormat
  readonly subscription?: string
}

/** A command out of a verb: its options and those that every verb has. */
export function defineVerb<Options>(verb: Verb<Options>): CommandFactory {
  return (io) => {
    const command = new Command(verb.name).summary(verb.summary).description(`${verb.summary}.`).allowExcessArguments(false)
    verb.configure?.(command)
    addGlobalOptions(command)
    const examples = verb.examples.map((example) => `\n  lanyard ${example}`).join('')
    command.addHelpText('after', `\nExamples:${examples}`)
    return command.action(async () => {
      const options = command.opts<GlobalOptions>()
      const session = createSession(io, createMessages(io, options), options.subscription)
      const result = await verb.run(session, command.opts() as Options)
      await writeResult(io, result, { output: options.out ?? options.output ?? 'json', query: options.query, table: verb.table })
    })
  }
}

/** A noun out of its verbs. */
export function defineNoun(name: string, summary: string, members: readonly CommandFactory[]): CommandFactory {
  return (io) => {
    const command = new Command(name).summary(summary).description(`${summary}.`)
    for (const member of members) command.addCommand(member(io))
    return command
  }
}

function addGlobalOptions(command: Command): void {
  const lowerCase = (text: string) => text.toLowerCase()
  const output = (flags: string) => new Option(flags, 'output format').choices(outputFormats)
  if (!command.options.some((option) => option.long === '--subscription')) {
    command.option('--subscription <name-or-id>', 'the subscription, instead of the default one')
  }
  command.optionsGroup('Global options:')
  command.addOption(caseless(output('-o, --output <format>'), lowerCase).default('json'))
  command.addOption(caseless(output('--out <format>'), lowerCase).hideHelp())
  command.option('--query <jmespath>', 'JMESPath query on the result, see https://jmespath.org')
  command.option('--only-show-errors', 'only show errors, no warnings')
  command.option('--verbose', 'say more on the standard error')
  command.option('--debug', 'also show the requests, never their tokens')
  command.helpOption('-h, --help', 'this help')
}

/** `-o TSV` is `-o tsv`. */
function caseless(option: Option, lower: (text: string) => string): Option {
  const check = option.parseArg
  return check ? option.argParser((text: string, previous: unknown) => check(lower(text), previous as never)) : option
}
