import * as z from 'zod/mini'
import { parseJson, readClaims } from '../../api-client/index.ts'
import { isOnLanyard, type Facts, type Failure, type Link, type LinkContext, type Outcome, type Surroundings } from '../link.ts'
import { isAnswered } from '../probe.ts'
import { isFailing, noAnswerInTime, serviceFailure } from './service-failure.ts'
import { tokenIn } from './token-in.ts'

const document = z.looseObject({
  compute: z.looseObject({
    resourceId: z.string(),
    name: z.string(),
    resourceGroupName: z.string(),
    osType: z.optional(z.string()),
  }),
})

/** Does the metadata service know who is asking? */
export const machine: Link = {
  id: 'machine',
  title: 'Machine',
  async check(context) {
    const { surroundings, source, questions } = context
    if (source.kind !== 'vm') return machineOfHost(context)
    const answer = await questions.instance()
    if (!isAnswered(answer)) return noAnswerInTime(surroundings, 'The metadata service', answer.reason)
    if (answer.status === 404 && /did not come from a virtual machine/i.test(answer.text)) return unknownMachine(surroundings)
    if (isFailing(answer)) return serviceFailure(surroundings, 'The metadata service', answer)
    const parsed = document.safeParse(parseJson(answer.text))
    if (!parsed.success || parsed.data.compute.resourceId === '') {
      return { ...unknownMachine(surroundings), detail: `the instance document has no resource id (${answer.status})` }
    }
    const { resourceId, name, resourceGroupName, osType } = parsed.data.compute
    const tenantId = await tenantByMetadata(context)
    const learned: Facts = { machineId: resourceId, ...(osType && { osType }), ...(tenantId !== undefined && { tenantId }) }
    return { state: 'passed', detail: `${name}, resource group ${resourceGroupName}`, learned }
  },
}

function unknownMachine(surroundings: Surroundings): Failure {
  return {
    state: 'failed',
    class: 'unknown-machine',
    detail: 'the metadata service does not know this machine',
    cause: isOnLanyard(surroundings)
      ? 'The virtual machine that this run is for was deleted.'
      : 'The service was asked from an address that belongs to no virtual machine.',
    fixes: [
      {
        summary: 'Run as a machine that exists.',
        az: 'az vm list -o table',
        lanyard: 'lanyard vm list -o table\nlanyard run --vm VM-NAME -- lanyard doctor',
      },
    ],
  }
}

async function tenantByMetadata({ questions }: LinkContext): Promise<string | undefined> {
  const answer = await questions.identityInfo()
  const parsed = isAnswered(answer) ? z.looseObject({ tenantId: z.string() }).safeParse(parseJson(answer.text)) : undefined
  return parsed?.success ? parsed.data.tenantId : undefined
}

/** Hosts that are no virtual machine do not tell who they are; the token of their identity does. */
async function machineOfHost({ source, questions }: LinkContext): Promise<Outcome> {
  const token = tokenIn(await questions.namedToken())
  if (token === undefined)
    return { state: 'unknown', detail: `${source.name} does not say which resource this is; its token would` }
  const claims: Readonly<Record<string, unknown>> = readClaims(token)
  const id = claims['xms_az_rid'] ?? claims['xms_mirid']
  if (typeof id !== 'string') return { state: 'unknown', detail: 'the token does not say which resource it is of' }
  const segments = id.split('/')
  return {
    state: 'passed',
    detail: `${segments.at(-1) ?? ''}, resource group ${segments[4] ?? ''} (${source.name})`,
    learned: { machineId: id },
  }
}
