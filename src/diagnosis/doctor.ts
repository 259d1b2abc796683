import type { DiagnosisReport, LinkReport } from '../contracts/diagnosis-report.ts'
import { causeClasses } from './cause-classes.ts'
import { isOnLanyard, type Facts, type Failure, type Link, type LinkContext, type Repair, type Surroundings } from './link.ts'
import { extension } from './links/extension.ts'
import { identities } from './links/identities.ts'
import { machine } from './links/machine.ts'
import { metadataAddress } from './links/metadata-address.ts'
import { role } from './links/role.ts'
import { scriptCall } from './links/script-call.ts'
import { subscriptions } from './links/subscriptions.ts'
import { token } from './links/token.ts'
import { tokenClaims } from './links/token-claims.ts'
import { createQuestions } from './questions.ts'
import { tokenSourceOfHost } from './token-source-of-host.ts'

/** The chain, in its order. */
export const chain: readonly Link[] = [
  metadataAddress,
  machine,
  identities,
  extension,
  token,
  tokenClaims,
  subscriptions,
  role,
  scriptCall,
]

/** What was found, and what could be done about it. */
export interface Diagnosis {
  readonly report: DiagnosisReport
  /** The change that would repair the broken link; undefined when there is none that a command can make. */
  readonly repair: Repair | undefined
  readonly tenantId: string | undefined
}

/**
 * Walks the chain and stops at the first broken link. What does not depend on each other is asked at once, so that the walk takes
 * as long as its slowest answer, and not as long as all of them together.
 */
export async function diagnose(surroundings: Surroundings): Promise<Diagnosis> {
  const source = tokenSourceOfHost(surroundings)
  const questions = createQuestions(surroundings, source)
  if (source.kind === 'vm') {
    void questions.instance()
    void questions.identityInfo()
  }
  let facts: Facts = {}
  let failure: Failure | undefined
  const links: LinkReport[] = []
  for (const link of chain) {
    if (failure) {
      links.push({ id: link.id, title: link.title, state: 'skipped', detail: 'not looked at' })
      continue
    }
    const outcome = await link.check({ surroundings, source, questions, facts })
    if (outcome.state === 'failed') failure = outcome
    else facts = { ...facts, ...outcome.learned }
    links.push({ id: link.id, title: link.title, ...reported(outcome) })
    // Not earlier: a token may take its time, and nobody shall wait for one at an address where nothing answers.
    if (link === metadataAddress && !failure) {
      void questions.token()
      void questions.namedToken()
    }
    if (link === tokenClaims) askWithToken({ surroundings, source, questions, facts })
  }
  return {
    report: {
      healthy: failure === undefined,
      exitCode: failure === undefined ? 0 : causeClasses[failure.class].exitCode,
      host: source.kind,
      onLanyard: isOnLanyard(surroundings),
      ...(facts.machineId !== undefined && { machineId: facts.machineId }),
      links,
    },
    repair: failure?.fixes.find(({ repair }) => repair !== undefined)?.repair,
    tenantId: facts.tenantId,
  }
}

/** The last links need the token and nothing of each other. */
function askWithToken({ questions, facts: { token, machineId, principalId } }: LinkContext): void {
  if (!token) return
  void questions.subscriptions(token.accessToken)
  if (machineId === undefined) return
  void questions.machine(token.accessToken, machineId)
  void questions.resourcesByName(token.accessToken, machineId)
  if (principalId !== undefined) void questions.assignments(token.accessToken, machineId, principalId)
}

function reported(
  outcome: Awaited<ReturnType<Link['check']>>,
): Pick<LinkReport, 'state' | 'detail' | 'code' | 'cause' | 'fixes'> {
  const { state, detail } = outcome
  if (outcome.state !== 'failed') return { state, detail }
  const fixes = outcome.fixes.map(({ summary, az, powershell, portal, lanyard }) => ({
    summary,
    ...(az !== undefined && { az }),
    ...(powershell !== undefined && { powershell }),
    ...(portal !== undefined && { portal }),
    ...(lanyard !== undefined && { lanyard }),
  }))
  return { state, detail, code: outcome.class, cause: outcome.cause, fixes }
}
