import { UsageError } from '../exit-codes.ts'
import type { CommandIo } from '../command-io.ts'
import { formatColouredJson, formatJson, withSortedKeys } from './format-json.ts'
import { formatTable } from './format-table.ts'
import { formatTsv } from './format-tsv.ts'

export const outputFormats = ['json', 'jsonc', 'table', 'tsv', 'yaml', 'none'] as const
export type OutputFormat = (typeof outputFormats)[number]

export interface OutputOptions {
  readonly output: OutputFormat
  /** JMESPath of `--query`. */
  readonly query: string | undefined
  /** JMESPath that makes the command's own table out of its result. */
  readonly table: string | undefined
}

/**
 * Writes a command's result to the standard output. A result (or a query) without a value writes nothing.
 * @throws UsageError when the query is not JMESPath
 */
export async function writeResult(io: CommandIo, result: unknown, options: OutputOptions): Promise<void> {
  const queried = options.query === undefined ? result : await search(result, options.query)
  if (queried === undefined || queried === null) return
  io.stdout.write(await format(io, queried, options))
}

async function format(io: CommandIo, value: unknown, options: OutputOptions): Promise<string> {
  const isQueried = options.query !== undefined
  switch (options.output) {
    case 'json':
      return formatJson(value)
    case 'jsonc':
      return io.stdout.isTTY ? formatColouredJson(value) : formatJson(value)
    case 'tsv':
      return formatTsv(value, isQueried)
    case 'yaml': {
      const { stringify } = await import('yaml')
      return stringify(withSortedKeys(value), { indentSeq: false, singleQuote: true, lineWidth: 0, version: '1.1' })
    }
    case 'table': {
      const transformed = !isQueried && options.table !== undefined
      return formatTable(transformed ? await search(value, options.table ?? '@') : value, isQueried || transformed)
    }
    case 'none':
      return ''
  }
}

/** Loaded on demand: most commands have no query, and a command line starts often. */
async function search(value: unknown, expression: string): Promise<unknown> {
  const jmespath = await import('@jmespath-community/jmespath')
  try {
    jmespath.compile(expression)
  } catch (error) {
    throw new UsageError(
      `argument --query: invalid jmespath_type value: '${expression}' (${error instanceof Error ? error.message : ''})`,
    )
  }
  return jmespath.search(JSON.parse(JSON.stringify(value ?? null)) as never, expression)
}
