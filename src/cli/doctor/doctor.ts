import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { createHttpFetch } from '../../api-client/http-fetch.ts'
import { createTransport, type Fetch, type IdentitySelector } from '../../api-client/index.ts'
import { causeClasses } from '../../diagnosis/cause-classes.ts'
import { diagnose, type Diagnosis } from '../../diagnosis/doctor.ts'
import { isOnLanyard, type Surroundings } from '../../diagnosis/link.ts'
import { createAsk } from '../../diagnosis/probe.ts'
import type { CommandIo } from '../command-io.ts'
import { UsageError } from '../exit-codes.ts'
import { formatJson } from '../output/format-json.ts'
import { proseWidth } from '../output/wrap-text.ts'
import { openOwnerSession, type OwnerSession } from '../platform/owner-session.ts'
import { formatReport } from './format-report.ts'
import { createPinnedFetch } from './pinned-fetch.ts'
import { inTheWorldFile } from './world-file-change.ts'
import { isOwnersPlatform, offerRepair } from './offer-repair.ts'

interface DoctorOptions {
  readonly clientId?: string
  readonly objectId?: string
  readonly resourceId?: string
  readonly extension?: boolean
  readonly json?: boolean
  readonly fix?: boolean
  readonly yes?: boolean
  readonly data?: string
  readonly timeout?: number
}

/**
 * How long answers are waited for when nobody says, in milliseconds. The metadata address is on the machine itself: whoever is in Azure
 * has its answer in no time. On Lanyard it is a program that may just have started.
 */
const timeouts = { metadata: 1000, metadataOfLanyard: 2000, service: 10_000 }
/** One for each link that can be repaired, and some that break one after the other. */
const mostRepairs = 6

/** `lanyard doctor`: why does my sign-in not work? */
export function createCommand(io: CommandIo): Command {
  const exitCodes = Object.entries(causeClasses).map(
    ([name, { exitCode, meaning }]) => `  ${exitCode}  ${name.padEnd(30)} ${meaning}`,
  )
  return new Command('doctor')
    .summary('why a sign-in does not work')
    .description(
      'Walks the chain from the metadata address to the answer of the sign-in script, and stops at the first broken link with its cause and fix.',
    )
    .option('--client-id <guid>', 'client id of the identity that your code names; AZURE_CLIENT_ID when left out')
    .option('--object-id <guid>', 'its object id')
    .option('--resource-id <id>', 'its resource id')
    .option('--extension', 'your client asks the virtual machine extension at localhost:50342: look at it too')
    .option('--fix', 'offer to repair the broken link, on a platform of Lanyard')
    .option('-y, --yes', 'with --fix: do not ask')
    .option('--json', 'the report for tools')
    .option('--data <directory>', 'data directory of the platform to repair')
    .option(
      '--timeout <seconds>',
      'how long to wait for each answer (when left out: 10, and 1 or 2 for the metadata address)',
      parseSeconds,
    )
    .addHelpText(
      'after',
      `
Examples:
  lanyard run -- lanyard doctor
  lanyard run -- lanyard doctor --fix
  lanyard doctor --json          # on a virtual machine of Azure, too

Exit code: 0 when the chain holds; 1 when the doctor itself failed, 2 wrong usage; else by the class of the cause:
${exitCodes.join('\n')}`,
    )
    .action(async (options: DoctorOptions) => {
      io.setExitCode(await examine(io, options))
    })
}

async function examine(io: CommandIo, options: DoctorOptions): Promise<number> {
  const owner = await openOwnerSession(io, options.data).catch(() => undefined)
  const surroundings = surroundingsOf(io, options, owner)
  let diagnosis = await diagnose(surroundings)
  if (!options.json) show(io, diagnosis, options, owner)
  for (let count = 0; options.fix && !diagnosis.report.healthy && count < mostRepairs; count++) {
    if (!(await offerRepair(io, diagnosis, owner, { yes: options.yes ?? false, data: options.data }))) break
    diagnosis = await diagnose(surroundings)
    if (!options.json) io.stdout.write('\n')
    if (!options.json) show(io, diagnosis, options, owner)
  }
  if (options.json) io.stdout.write(formatJson(diagnosis.report))
  return diagnosis.report.exitCode
}

function show(io: CommandIo, diagnosis: Diagnosis, { fix, extension }: DoctorOptions, owner: OwnerSession | undefined): void {
  const { report, repair } = diagnosis
  const { columns } = io.stdout as { columns?: number }
  io.stdout.write(formatReport(report, proseWidth(columns)))
  if (!repair || !report.onLanyard || fix) return
  io.stdout.write(
    isOwnersPlatform(diagnosis, owner)
      ? `\nOr let it be done, after a question: lanyard doctor${extension ? ' --extension' : ''} --fix\n`
      : `\n${inTheWorldFile(repair, proseWidth(columns))}\n`,
  )
}

function surroundingsOf(io: CommandIo, options: DoctorOptions, owner: OwnerSession | undefined): Surroundings {
  const ask = (fetch: Fetch) => createAsk(createTransport({ fetch, sleep: (time) => io.sleep(time), clock: () => io.clock() }))
  return {
    ask: ask(io.fetch),
    askDirectly: ask(createHttpFetch({})),
    askPinned: ask(createPinnedFetch(io.env['IDENTITY_SERVER_THUMBPRINT'] ?? '')),
    env: io.env,
    clock: () => io.clock(),
    endpoints: io.endpoints,
    readFile: (path) => readFile(path, 'utf8'),
    selector: selectorOf(io, options),
    usesExtension: options.extension ?? false,
    platformIsUp: owner !== undefined && !isOnLanyard(io),
    timeouts: {
      metadata: options.timeout ?? (isOnLanyard(io) ? timeouts.metadataOfLanyard : timeouts.metadata),
      service: options.timeout ?? timeouts.service,
    },
  }
}

/** AZURE_CLIENT_ID names an identity, unless it stands beside a secret: then it is an application. */
function selectorOf({ env }: CommandIo, options: DoctorOptions): IdentitySelector | undefined {
  const given = (['clientId', 'objectId', 'resourceId'] as const).flatMap((by) => {
    const value = options[by]
    return value === undefined ? [] : [{ by, value }]
  })
  if (given.length > 1) throw new UsageError('Usage error: Provide only one of --client-id, --object-id, --resource-id.')
  const { AZURE_CLIENT_ID: value } = env
  const others = ['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH', 'AZURE_FEDERATED_TOKEN_FILE']
  const isIdentity = Boolean(value) && !others.some((name) => env[name])
  return given[0] ?? (value && isIdentity ? { by: 'clientId', value } : undefined)
}

/** @returns milliseconds. @throws UsageError */
function parseSeconds(text: string): number {
  const seconds = Number(text)
  if (!(seconds > 0 && seconds <= 300)) throw new UsageError('argument --timeout: expected seconds, more than 0 and at most 300')
  return seconds * 1000
}
