import { Command, InvalidArgumentError, Option } from 'commander'
import type { CommandIo } from '../command-io.ts'
import { UsageError } from '../exit-codes.ts'
import { outputFormats, writeResult, type OutputFormat } from '../output/write-result.ts'

/** What every log can be narrowed by. */
export interface LogOptions {
  readonly machine?: string
  readonly principal?: string
  readonly since?: string
  readonly failed?: boolean
  readonly top: number
  readonly data?: string
  readonly output: OutputFormat
  readonly query?: string
}

/** A command that reads a log. @param examples command lines without the program's name */
export function logCommand(name: string, summary: string, examples: readonly string[]): Command {
  return new Command(name)
    .summary(summary)
    .description(`${summary}, newest first.`)
    .option('--machine <name-or-id>', 'of this machine alone')
    .option('--principal <name-or-id>', 'of this principal alone: name, object id, client id or user name')
    .option('--since <time>', 'since then: 10m, 1h, 2d, or 2026-01-31T12:00:00Z')
    .option('--failed', 'what was refused alone')
    .option('--top <number>', 'at most so many', parseTop, 50)
    .option('--data <directory>', 'as the owner of the platform that runs with this data directory, not as who is signed in')
    .addOption(new Option('-o, --output <format>', 'output format').choices(outputFormats).default('table'))
    .option('--query <jmespath>', 'JMESPath query on the result')
    .addHelpText('after', `\nExamples:${examples.map((example) => `\n  lanyard ${example}`).join('')}`)
}

/**
 * Writes what a log has; a table without a query shows `toRow` of each item.
 */
export async function writeLog<T>(
  io: CommandIo,
  items: readonly T[],
  { output, query }: LogOptions,
  toRow: (item: T) => Readonly<Record<string, string | number>>,
): Promise<void> {
  const isTable = output === 'table' && query === undefined
  await writeResult(io, isTable ? items.map(toRow) : items, { output, query: isTable ? '@' : query, table: undefined })
}

/**
 * The moment that `--since` means.
 * @param now milliseconds since the epoch
 * @returns milliseconds since the epoch; undefined when nothing was said
 * @throws UsageError
 */
export function sinceWhen(since: string | undefined, now: number): number | undefined {
  if (since === undefined) return undefined
  const [, count, unit = ''] = /^(\d{1,9})([smhd])$/.exec(since) ?? []
  if (count !== undefined) return now - Number(count) * (milliseconds[unit] ?? 0)
  const time = Date.parse(since)
  if (Number.isNaN(time)) {
    throw new UsageError(
      `argument --since: '${since}' is no time: write a duration (10m, 1h, 2d) or a date (2026-01-31T12:00:00Z).`,
    )
  }
  return time
}

const milliseconds: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

function parseTop(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('Expected a number from 1 to 99999.')
  return Number(text)
}

/** The last segment of an ARM id, or the text itself. */
export function lastSegment(id: string): string {
  return id.split('/').at(-1) ?? id
}

/** A time without its milliseconds, as a table shows it. */
export function shownTime(time: string): string {
  return time.replace(/\.\d+Z$/, 'Z')
}
