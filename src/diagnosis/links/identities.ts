import { readClaims } from '../../api-client/index.ts'
import { identityBlock } from '../../contracts/resource.ts'
import { parseJson } from '../../api-client/index.ts'
import type { Failure, Link, LinkContext, Outcome } from '../link.ts'
import { namesOf } from '../machine-names.ts'
import { isAnswered } from '../probe.ts'
import { refusalOf, tokenIn } from './token-in.ts'

/** Is the system identity on, and which user-assigned ones are there? */
export const identities: Link = {
  id: 'identities',
  title: 'Identities',
  async check(context) {
    const { source, questions, surroundings, facts } = context
    const answer = await questions.token()
    const token = tokenIn(answer)
    if (token !== undefined) return { state: 'passed', detail: await describeIdentities(context, token) }
    const refusal = isAnswered(answer) && answer.status >= 400 && answer.status < 500 ? refusalOf(answer.text) : ''
    const named = surroundings.selector ? tokenIn(await questions.namedToken()) : undefined
    // Who names an identity does not need the one that the host would choose.
    if (named !== undefined) return { state: 'passed', detail: await describeIdentities(context, named) }
    if (/identity not found|no (user assigned or delegated )?managed identity|not enabled/i.test(refusal)) {
      return surroundings.selector ? namedOnly(context) : noIdentity(context)
    }
    if (/multiple user assigned identities/i.test(refusal)) return surroundings.selector ? namedOnly(context) : several(context)
    return {
      state: 'unknown',
      detail: `${source.name} did not say, since it gave no token${facts.machineId ? '' : ' and no name'}`,
    }
  },
}

/** No identity goes without a name here, and the one that is named is looked at by the next link. */
function namedOnly({ surroundings }: LinkContext): Outcome {
  return { state: 'unknown', detail: `none that is used without being named; you name ${surroundings.selector?.value ?? ''}` }
}

function noIdentity({ source, facts }: LinkContext): Failure {
  const { az, group, name, lanyard, portal } = namesOf(facts.machineId)
  return {
    state: 'failed',
    class: 'no-identity',
    detail: 'none: the system-assigned identity is off, no user-assigned one is attached',
    cause: `${source.kind === 'vm' ? 'The virtual machine' : 'The app'} ${name} has no managed identity, so there is nobody to give a token to ("Identity not found").`,
    fixes: [
      {
        summary: 'Switch its system-assigned identity on.',
        az: `az ${az} identity assign -g ${group} -n ${name}`,
        ...(source.kind === 'vm' && {
          powershell: `Update-AzVM -ResourceGroupName ${group} -VM (Get-AzVM -ResourceGroupName ${group} -Name ${name}) -IdentityType SystemAssigned`,
        }),
        portal: `${portal} > Identity > System assigned > Status: On > Save`,
        lanyard: lanyard(`vm identity assign -g ${group} -n ${name}`),
        ...(facts.machineId !== undefined &&
          source.kind === 'vm' && { repair: { kind: 'switch-on', machineId: facts.machineId } }),
      },
    ],
  }
}

function several({ facts }: LinkContext): Failure {
  const { group, name } = namesOf(facts.machineId)
  return {
    state: 'failed',
    class: 'identity-choice',
    detail: 'several user-assigned ones, no system-assigned one, and none named',
    cause: `The virtual machine ${name} has several user-assigned identities, and the request does not say which it means.`,
    fixes: [
      {
        summary: 'Name one, by its client id. AZURE_CLIENT_ID names it to DefaultAzureCredential.',
        az: `az vm identity show -g ${group} -n ${name}\naz login --identity --client-id CLIENT-ID`,
        powershell: 'Connect-AzAccount -Identity -AccountId CLIENT-ID',
        lanyard: `lanyard vm identity show -g ${group} -n ${name}\nlanyard login --identity --client-id CLIENT-ID`,
      },
      {
        summary: 'Or switch the system-assigned identity on, which is used when none is named.',
        az: `az vm identity assign -g ${group} -n ${name}`,
        portal: 'Virtual machine > Security > Identity > System assigned > Status: On > Save',
        lanyard: `lanyard vm identity assign -g ${group} -n ${name}`,
        ...(facts.machineId !== undefined && { repair: { kind: 'switch-on', machineId: facts.machineId } }),
      },
    ],
  }
}

/** What the machine says of itself, if the identity may read it; else what the token says. */
async function describeIdentities({ questions, facts }: LinkContext, token: string): Promise<string> {
  const own = describeByToken(token)
  if (facts.machineId === undefined) return own
  const answer = await questions.machine(token, facts.machineId)
  const body =
    isAnswered(answer) && answer.status === 200 ? (parseJson(answer.text) as { identity?: unknown } | undefined) : undefined
  const parsed = identityBlock.safeParse(body?.identity)
  if (!parsed.success) return own
  const attached = Object.keys(parsed.data.userAssignedIdentities ?? {}).map((id) => id.split('/').at(-1) ?? id)
  const system = /SystemAssigned/i.test(parsed.data.type) ? 'system-assigned on' : 'system-assigned off'
  return `${system}; user-assigned: ${attached.length === 0 ? 'none' : attached.join(', ')}`
}

function describeByToken(token: string): string {
  const claims: Readonly<Record<string, unknown>> = readClaims(token)
  const id = typeof claims['xms_mirid'] === 'string' ? claims['xms_mirid'] : ''
  return /\/userAssignedIdentities\//i.test(id)
    ? `user-assigned: ${id.split('/').at(-1) ?? ''}`
    : 'system-assigned on; it may not read which user-assigned ones there are'
}
