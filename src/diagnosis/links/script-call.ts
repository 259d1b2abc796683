import { resources } from '../../contracts/resource.ts'
import type { Link, LinkContext, Outcome } from '../link.ts'
import { namesOf } from '../machine-names.ts'
import { readerFix } from './reader-fix.ts'
import { resourceManagerFailure } from './resource-manager-answer.ts'

/** Does the call that the sign-in script makes return the principal? */
export const scriptCall: Link = {
  id: 'script-call',
  title: 'The script',
  async check(context) {
    const { surroundings, questions, facts } = context
    const { token, machineId } = facts
    if (!token || machineId === undefined) return { state: 'unknown', detail: 'it is not known which machine to look for' }
    const answer = await questions.resourcesByName(token.accessToken, machineId)
    if ('answer' in answer) return resourceManagerFailure(surroundings, answer.answer)
    const parsed = resources.safeParse(answer.items)
    const own = parsed.success ? parsed.data.find(({ id }) => id.toLowerCase() === machineId.toLowerCase()) : undefined
    const { name } = namesOf(machineId)
    if (!own) {
      return {
        state: 'failed',
        class: 'no-principal',
        detail: `"resource list -n ${name}" does not list the machine`,
        cause:
          'The machine can be read by its id, and is not in the list of resources. A role that was given a moment ago, or one that reads machines and nothing else, does that.',
        fixes: readerFix(facts),
      }
    }
    return principalOf(context, own.identity ?? undefined)
  },
}

function principalOf(
  { facts }: LinkContext,
  identity: { principalId?: string | undefined; userAssignedIdentities?: unknown } | undefined,
): Outcome {
  if (identity?.principalId !== undefined) return { state: 'passed', detail: `it prints ${identity.principalId}` }
  if (identity?.userAssignedIdentities) {
    return {
      state: 'passed',
      detail: `no system-assigned principal to print; you are ${facts.principalId ?? 'the user-assigned one'}`,
    }
  }
  const { group, name, az } = namesOf(facts.machineId)
  return {
    state: 'failed',
    class: 'no-principal',
    detail: 'the machine is listed without an identity',
    cause:
      'A token was given, and the resource manager lists the machine with no identity: it was switched off a moment ago, and the token is an old one.',
    fixes: [
      {
        summary: 'Switch the identity on.',
        az: `az ${az} identity assign -g ${group} -n ${name}`,
        lanyard: `lanyard vm identity assign -g ${group} -n ${name}`,
        ...(facts.machineId !== undefined && { repair: { kind: 'switch-on', machineId: facts.machineId } }),
      },
    ],
  }
}
