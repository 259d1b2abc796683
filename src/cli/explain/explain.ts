import { Command, Option } from 'commander'
import { explain, explainById, fixesFor, type Explanation } from '../../diagnosis/index.ts'
import type { CommandIo } from '../command-io.ts'
import { exitCodes, UsageError } from '../exit-codes.ts'
import { proseWidth } from '../output/wrap-text.ts'
import { outputFormats, writeResult, type OutputFormat } from '../output/write-result.ts'
import { formatExplanation } from './format-explanation.ts'
import { readText } from './read-text.ts'

interface ExplainOptions {
  readonly all?: boolean
  readonly output?: OutputFormat
  readonly query?: string
}

/** `lanyard explain`: from an error to its cause and fix. */
export function createCommand(io: CommandIo): Command {
  return new Command('explain')
    .summary('what an error means, and what fixes it')
    .description(
      'Recognises the errors that az, PowerShell, the SDKs and Terraform print around a managed identity: what each means, how to tell which cause applies, and the commands that fix it.',
    )
    .argument('[text...]', 'the text, the name of an entry in docs/errors.md, or - for the standard input')
    .option('--all', 'show every error that is found in full, not the most telling one alone')
    .addOption(new Option('-o, --output <format>', 'a format for tools instead of text').choices(outputFormats))
    .option('--query <jmespath>', 'JMESPath query on the result, with -o')
    .addHelpText(
      'after',
      `
Examples:
  lanyard explain "No access was configured for the VM, hence no subscriptions were found"
  python app.py 2>&1 | lanyard explain
  lanyard explain < error.log
  lanyard explain -o json --query "findings[0].id" "AADSTS700213: No matching federated identity record"

Exit code: 0 when the text is known, 3 when it is not, 2 when there is no text.`,
    )
    .action(async (words: readonly string[], options: ExplainOptions) => {
      const text = await textOf(io, words)
      const explanation = explainById(text.trim()) ?? explain(text)
      const { columns } = io.stdout as { columns?: number }
      if (options.output === undefined && options.query === undefined) {
        io.stdout.write(formatExplanation(explanation, proseWidth(columns), options.all ?? false))
      } else {
        await writeResult(io, describe(explanation), {
          output: options.output ?? 'json',
          query: options.query,
          table: 'findings[].{Id:id, Title:title}',
        })
      }
      io.setExitCode(explanation.findings.length > 0 ? exitCodes.success : exitCodes.notFound)
    })
}

async function textOf(io: CommandIo, words: readonly string[]): Promise<string> {
  if (words.length > 0 && words.join() !== '-') return words.join(' ')
  if (words.length === 0 && io.stdin.isTTY)
    throw new UsageError('Say the text to explain, or pipe it in: COMMAND 2>&1 | lanyard explain')
  return readText(io.stdin)
}

/** The result for tools; its shape is in docs/errors.md. */
function describe({ findings, isCut }: Explanation): object {
  return {
    known: findings.length > 0,
    cut: isCut,
    findings: findings.map((finding) => ({
      id: finding.error.id,
      title: finding.error.title,
      depth: finding.error.depth,
      meaning: finding.error.meaning,
      printedBy: finding.error.printedBy,
      variables: finding.variables,
      causes: finding.error.causes.map(({ cause, howToTell, fixes }) => ({ cause, howToTell, fixes: fixesFor(finding, fixes) })),
    })),
  }
}
