import { resourceManagerAudience } from '../../api-client/index.ts'
import { isOnLanyard, type Failure, type Link, type LinkContext, type Surroundings } from '../link.ts'

/** How far clocks may differ: what Entra and the libraries that verify tokens allow; milliseconds. */
const allowedSkew = 300_000

/** Issuers of Entra in its clouds, v1 and v2. */
const issuers = [
  /^https:\/\/sts\.windows\.net\/([^/]+)\/$/i,
  /^https:\/\/sts\.chinacloudapi\.cn\/([^/]+)\/$/i,
  /^https:\/\/login\.(?:microsoftonline\.com|microsoftonline\.us|partner\.microsoftonline\.cn)\/([^/]+)\/v2\.0$/i,
]

/** Is the token right: issuer, tenant, audience, time? */
export const tokenClaims: Link = {
  id: 'token-claims',
  title: 'Token',
  async check(context) {
    const { surroundings, questions, facts } = context
    const claims = facts.token?.claims
    if (!claims) return { state: 'skipped', detail: 'there is no token' }
    const { iss, aud, exp, nbf, tid } = claims
    const issuer = typeof iss === 'string' ? iss : ''
    const issuerTenant = issuers.map((form) => form.exec(issuer)?.[1]).find((each) => each !== undefined)
    if (issuerTenant === undefined)
      return wrong(`its issuer is "${issuer}"`, 'It was not signed by Microsoft Entra ID, nor by a platform that stands for it.')
    if (issuerTenant.toLowerCase() !== tid.toLowerCase()) {
      return wrong(
        `its issuer is of tenant ${issuerTenant}, its "tid" is ${tid}`,
        'Issuer and tenant of the token do not fit together.',
      )
    }
    const expected = await tenantOfMachine(context)
    if (expected !== undefined && expected.toLowerCase() !== tid.toLowerCase()) {
      return wrong(
        `it is of tenant ${tid}, the machine of ${expected}`,
        'The token is of another tenant than the machine. The subscription was moved to another tenant, and its identities stayed in the old one.',
      )
    }
    const audience = typeof aud === 'string' ? aud : ''
    if (audience.replace(/\/+$/, '') !== resourceManagerAudience.replace(/\/+$/, '')) {
      return wrong(
        `its audience is "${audience}"`,
        `It was asked for ${resourceManagerAudience} and is for another service, which the resource manager will refuse.`,
      )
    }
    const skew = skewOf(surroundings, numberOf(nbf), numberOf(exp))
    if (skew !== undefined) return wrongTime(surroundings, skew)
    await questions.token()
    return { state: 'passed', detail: `issuer, tenant and audience are right, and so is its time` }
  },
}

async function tenantOfMachine({ facts, questions }: LinkContext): Promise<string | undefined> {
  const answer = await questions.identityInfo()
  const told = 'status' in answer && answer.status === 200 ? /"tenantId"\s*:\s*"([^"]+)"/.exec(answer.text)?.[1] : undefined
  return told ?? (facts.machineId === undefined ? undefined : facts.tenantId)
}

function numberOf(claim: unknown): number | undefined {
  return typeof claim === 'number' ? claim : undefined
}

/** What is wrong with the time, in words; undefined when nothing is. @param notBefore @param end seconds since the epoch */
function skewOf({ clock }: Surroundings, notBefore: number | undefined, end: number | undefined): string | undefined {
  const now = clock()
  if (notBefore !== undefined && notBefore * 1000 > now + allowedSkew)
    return `it begins ${length(notBefore * 1000 - now)} from now`
  if (end !== undefined && end * 1000 < now) return `it ended ${length(now - end * 1000)} ago, and was given out just now`
  return undefined
}

function length(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000)
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`
}

function wrongTime(surroundings: Surroundings, told: string): Failure {
  const here = new Date(surroundings.clock()).toISOString()
  return {
    state: 'failed',
    class: 'wrong-time',
    detail: told,
    cause: isOnLanyard(surroundings)
      ? `The clock of the platform and that of this machine (${here}) differ: it was moved with "lanyard clock".`
      : `The clock of this machine says ${here}, and Azure's another time. Clients that look at the time of a token refuse it.`,
    fixes: [
      isOnLanyard(surroundings)
        ? {
            summary: 'Set the clock of the platform to the real time.',
            lanyard: 'lanyard clock reset',
            repair: { kind: 'reset-clock' },
          }
        : { summary: 'Set the clock of this machine.', az: 'sudo timedatectl set-ntp true', powershell: 'w32tm /resync' },
    ],
  }
}

function wrong(detail: string, cause: string): Failure {
  return {
    state: 'failed',
    class: 'wrong-token',
    detail,
    cause,
    fixes: [
      {
        summary: 'Find out who answers at the token address, or, after a move to another tenant, make the identity anew.',
        az: 'az vm identity remove -g RESOURCE-GROUP -n VM-NAME\naz vm identity assign -g RESOURCE-GROUP -n VM-NAME',
        portal: 'Virtual machine > Security > Identity > System assigned > Status: Off, then On',
        lanyard: 'lanyard run -- lanyard doctor',
      },
    ],
  }
}
