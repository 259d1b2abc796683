import { createInterface } from 'node:readline/promises'
import {
  ConnectionError,
  createAuthorizedClient,
  createTransport,
  resourceManagerAudience,
  type AuthorizedClient,
  type TokenProvider,
} from '../../api-client/index.ts'
import { ownerAccess } from '../../contracts/owner-access.ts'
import type { Diagnosis } from '../../diagnosis/doctor.ts'
import type { Repair } from '../../diagnosis/link.ts'
import { carryOut, describeRepair } from '../../diagnosis/repair.ts'
import { callControl } from '../../server/control-call.ts'
import { controlSocketPath, defaultDataPath } from '../../server/data-path.ts'
import type { CommandIo } from '../command-io.ts'
import type { OwnerSession } from '../platform/owner-session.ts'

export interface OfferOptions {
  /** Do it without asking. */
  readonly yes: boolean
  /** Of the platform; the user's own when undefined. */
  readonly data: string | undefined
}

/**
 * Offers to repair the broken link, as the owner of the platform.
 * @returns whether it was repaired; when not, the reason has been said on the standard error
 */
export async function offerRepair(
  io: CommandIo,
  { repair, report, tenantId }: Diagnosis,
  owner: OwnerSession | undefined,
  options: OfferOptions,
): Promise<boolean> {
  const say = (text: string) => io.stderr.write(`${text}\n`)
  if (!repair) {
    say(report.onLanyard ? 'No command can repair this: the steps above are yours.' : notOurs)
    return false
  }
  if (!report.onLanyard) {
    say(notOurs)
    return false
  }
  if (!owner || !isOwnersPlatform({ tenantId }, owner)) {
    say(
      'The platform of this machine ends with its run, and so would the repair. Write it into lanyard.yaml, or start one that stays: lanyard up',
    )
    return false
  }
  if (!options.yes && !(await confirms(io, repair))) return false
  if (repair.kind === 'reset-clock') {
    await callControl(controlSocketPath(options.data ?? defaultDataPath(io.env)), 'POST', '/clock', { action: 'reset' })
  } else {
    await carryOut(repair, owner.arm, () => io.newGuid()).catch((error: unknown) => {
      if (!(error instanceof ConnectionError)) throw error
      // A shell of \`lanyard connect\` has a loopback of its own, where the platform does not listen: there it is where Azure would be.
      return carryOut(repair, throughMachine(io, options.data), () => io.newGuid())
    })
  }
  say(`Done: ${describeRepair(repair)}.`)
  return true
}

/** The resource manager as the machine reaches it, by tokens that the owner is lent. */
function throughMachine(io: CommandIo, data: string | undefined): AuthorizedClient {
  const tokens: TokenProvider = async (resource) => {
    const socket = controlSocketPath(data ?? defaultDataPath(io.env))
    const { accessToken, expiresOn } = ownerAccess.parse(await callControl(socket, 'POST', '/owner-access', { resource }))
    return { accessToken, expiresOn, tokenType: 'Bearer' }
  }
  return createAuthorizedClient({
    transport: createTransport({ fetch: io.fetch, sleep: (time) => io.sleep(time), clock: () => io.clock() }),
    baseUrl: io.endpoints.resourceManager,
    audience: resourceManagerAudience,
    tokens,
    newGuid: () => io.newGuid(),
    sleep: (time) => io.sleep(time),
  })
}

/** Whether the machine is of the platform that runs: another one of the user's may be up. */
export function isOwnersPlatform({ tenantId }: Pick<Diagnosis, 'tenantId'>, owner: OwnerSession | undefined): boolean {
  return owner !== undefined && (tenantId === undefined || owner.tenantId.toLowerCase() === tenantId.toLowerCase())
}

const notOurs = 'This is no machine of Lanyard: the commands above are for whoever has the rights.'

async function confirms(io: CommandIo, repair: Repair): Promise<boolean> {
  if (!io.stdin.isTTY) {
    io.stderr.write('Nobody can be asked, as there is no terminal. Use --fix --yes.\n')
    return false
  }
  const prompt = createInterface({ input: io.stdin, output: io.stderr })
  const answer = await prompt.question(`${describeRepair(repair)}? [y/N] `).finally(() => prompt.close())
  return /^y(es)?$/i.test(answer.trim())
}
