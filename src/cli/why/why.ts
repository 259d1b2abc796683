import { Command, Option } from 'commander'
import { ApiError, UnexpectedAnswerError } from '../../api-client/index.ts'
import { requestExplanation, type RequestExplanation } from '../../contracts/request-explanation.ts'
import type { CommandIo } from '../command-io.ts'
import { NotFoundError } from '../exit-codes.ts'
import { proseWidth } from '../output/wrap-text.ts'
import { outputFormats, writeResult, type OutputFormat } from '../output/write-result.ts'
import { apiClients } from '../session/api-clients.ts'
import { formatWhy } from './format-why.ts'

interface WhyOptions {
  readonly data?: string
  readonly output?: OutputFormat
  readonly query?: string
}

/** `lanyard why`: from a refused request to its cause. */
export function createCommand(io: CommandIo): Command {
  return new Command('why')
    .description('Says why a request was refused: who called, with what, what was decided by, and what would have allowed it.')
    .argument('<request-id>', 'what the answer calls x-ms-request-id, request-id or Trace ID; a correlation id will do')
    .option('--data <directory>', 'as the owner of the platform that runs with this data directory, not as who is signed in')
    .addOption(new Option('-o, --output <format>', 'a format for tools instead of text').choices(outputFormats))
    .option('--query <jmespath>', 'JMESPath query on the result')
    .addHelpText(
      'after',
      `
Examples:
  lanyard why 3f0e3ac5-7b27-4d1c-9e1f-5a0a4bb4a5c1
  lanyard why -o json --query properties.smallestGrant.command 3f0e3ac5-7b27-4d1c-9e1f-5a0a4bb4a5c1

The id is in the header x-ms-request-id (az shows it with --debug), in the Trace ID of an AADSTS error, and in lanyard logs.`,
    )
    .action(async (id: string, options: WhyOptions) => {
      const explanation = await explain(io, id, options)
      if (options.output === undefined && options.query === undefined) {
        io.stdout.write(formatWhy(explanation, proseWidth((io.stdout as { columns?: number }).columns)))
        return
      }
      await writeResult(io, explanation, { output: options.output ?? 'json', query: options.query, table: undefined })
    })
}

async function explain(io: CommandIo, id: string, { data }: WhyOptions): Promise<RequestExplanation> {
  const unknown = new NotFoundError(
    `There is no refused request with the id '${id.slice(0, 100)}', or it is not yours to see. Ids are kept for as long as the logs: see lanyard logs activity --failed, lanyard logs sign-ins --failed.`,
  )
  const wanted = id.trim()
  // Longer than any id: it would only be refused for its length.
  if (!/^[\w-]{1,200}$/.test(wanted)) throw unknown
  const { arm } = await apiClients(io, data)
  const path = `/providers/Lanyard.Diagnostics/requests/${wanted}?api-version=2026-11-01`
  const answer = await arm.call({ method: 'GET', path }).catch((error: unknown) => {
    throw error instanceof ApiError && error.status === 404 ? unknown : error
  })
  const parsed = requestExplanation.safeParse(answer)
  if (!parsed.success) throw new UnexpectedAnswerError('Resource Manager answered something that explains no request.')
  return parsed.data
}
