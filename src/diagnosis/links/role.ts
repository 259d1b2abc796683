import { roleAssignments, roleDefinitions } from '../../contracts/role.ts'
import type { Facts, Link, LinkContext } from '../link.ts'
import { namesOf } from '../machine-names.ts'
import { isAnswered } from '../probe.ts'
import { readerFix } from './reader-fix.ts'
import { errorIn, resourceManagerFailure, whyFix } from './resource-manager-answer.ts'

/** Does the identity hold Reader, or a role that reads as much, at the machine or above it? */
export const role: Link = {
  id: 'role',
  title: 'Role',
  async check(context) {
    const { surroundings, questions, facts } = context
    const { token, machineId } = facts
    if (!token || machineId === undefined) return { state: 'unknown', detail: 'it is not known at which resource to look' }
    const answer = await questions.machine(token.accessToken, machineId)
    if (isAnswered(answer) && answer.status === 200)
      return { state: 'passed', detail: await describeRoles(context, token.accessToken) }
    const { name } = namesOf(machineId)
    if (isAnswered(answer) && answer.status === 404 && errorIn(answer).code !== '') {
      return {
        state: 'failed',
        class: 'unknown-machine',
        detail: `${name} may be read, and is not there (${errorIn(answer).code})`,
        cause:
          'The metadata service and the resource manager know different machines: this one was deleted, or one of the two requests reached another platform.',
        fixes: [{ summary: 'Run as a machine that exists.', az: 'az vm list -o table', lanyard: 'lanyard vm list -o table' }],
      }
    }
    if (!isAnswered(answer) || answer.status !== 403) return resourceManagerFailure(surroundings, answer)
    return {
      state: 'failed',
      class: 'no-access',
      detail: `none that reads ${name} (AuthorizationFailed)`,
      cause: `The identity ${facts.principalId ?? ''} holds no role with ${deniedAction(errorIn(answer).message)} at ${name}, its group or its subscription. Roles beside them, or below, do not count.`,
      fixes: [...readerFix(facts), ...whyFix(surroundings, answer)],
    }
  },
}

/** A 403 names the action that is missing; it is all that who has no role gets to know. */
function deniedAction(message: string): string {
  return /action '([^']+)'/.exec(message)?.[1] ?? 'Microsoft.Compute/virtualMachines/read'
}

async function describeRoles({ questions, facts }: LinkContext, token: string): Promise<string> {
  const { machineId = '', principalId = '' } = facts
  const { name } = namesOf(machineId)
  const [assigned, defined] = await Promise.all([
    questions.assignments(token, machineId, principalId),
    questions.roleDefinitions(token, machineId),
  ])
  const assignments = 'items' in assigned ? roleAssignments.safeParse(assigned.items) : undefined
  const definitions = 'items' in defined ? roleDefinitions.safeParse(defined.items) : undefined
  if (!assignments?.success || assignments.data.length === 0) return `it reads ${name}`
  const names = new Map(
    (definitions?.success ? definitions.data : []).map(({ name, properties }) => [name.toLowerCase(), properties.roleName]),
  )
  const told = assignments.data.map(({ properties }) => {
    const id = properties.roleDefinitionId.split('/').at(-1)?.toLowerCase() ?? ''
    return `${names.get(id) ?? 'a role'} at ${placeOf(properties.scope, facts)}`
  })
  return [...new Set(told)].join(', ')
}

function placeOf(scope: string, { machineId = '' }: Facts): string {
  const segments = scope.split('/').filter(Boolean)
  if (scope.toLowerCase() === machineId.toLowerCase()) return 'the machine'
  if (segments.length === 0) return '/'
  if (segments.length === 2) return 'the subscription'
  return segments.length === 4 ? `group ${segments[3] ?? ''}` : (segments.at(-1) ?? scope)
}
