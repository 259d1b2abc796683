import type { IdentitySelector } from '../../api-client/index.ts'
import { tokenResponse } from '../../contracts/token-response.ts'
import { parseJson, readClaims } from '../../api-client/index.ts'
import type { Failure, Link, LinkContext } from '../link.ts'
import { namesOf } from '../machine-names.ts'
import { isAnswered } from '../probe.ts'
import { isFailing, noAnswerInTime, serviceFailure } from './service-failure.ts'
import { refusalOf, tokenIn } from './token-in.ts'

const capitalised = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)
const azOptions = { clientId: '--client-id', objectId: '--object-id', resourceId: '--resource-id' } as const

/** Does the request for a token pass? */
export const token: Link = {
  id: 'token',
  title: 'Token request',
  async check(context) {
    const { surroundings, source, questions } = context
    const answer = await questions.namedToken()
    const name = capitalised(source.name)
    if (!isAnswered(answer)) return noAnswerInTime(surroundings, name, answer.reason)
    const accessToken = tokenIn(answer)
    if (accessToken !== undefined) {
      const { expires_on: end } = tokenResponse.parse(parseJson(answer.text))
      const claims = readClaims(accessToken)
      return {
        state: 'passed',
        detail: `a token for Azure Resource Manager${end === undefined ? '' : `, until ${new Date(end * 1000).toISOString().slice(0, 16)}Z`}`,
        learned: {
          token: { accessToken, claims },
          tenantId: claims.tid,
          ...(claims.oid !== undefined && { principalId: claims.oid }),
        },
      }
    }
    if (answer.status === 200) return noToken(context, name)
    const refusal = refusalOf(answer.text)
    if (/identity not found|no user assigned or delegated/i.test(refusal) && surroundings.selector) {
      return notAttached(context, surroundings.selector)
    }
    if (isFailing(answer)) return serviceFailure(surroundings, name, answer)
    return refused(context, answer.status, refusal)
  },
}

function noToken({ source }: LinkContext, name: string): Failure {
  return {
    state: 'failed',
    class: 'wrong-token',
    detail: `${name} answered 200, and not with a token of Entra`,
    cause: `What answers at ${source.address} is a mock, a proxy's page or a service that fails halfway: the answer has no access_token that is a JWT with a tenant ("tid"), which az and PowerShell read.`,
    fixes: [
      {
        summary: 'Look at the answer, and take away what made it.',
        az: `curl -i --noproxy "*" -H Metadata:true "${source.address}?api-version=2018-02-01&resource=https://management.azure.com/"`,
        lanyard: 'lanyard fault list\nlanyard fault clear',
      },
    ],
  }
}

function notAttached({ facts, source }: LinkContext, selector: IdentitySelector): Failure {
  const { group, name, az } = namesOf(facts.machineId)
  const shown = selector.by === 'resourceId' ? selector.value : 'IDENTITY-RESOURCE-ID'
  const find =
    selector.by === 'resourceId'
      ? ''
      : `az identity list --query "[?${selector.by === 'clientId' ? 'clientId' : 'principalId'}=='${selector.value}'].id" -o tsv\n`
  return {
    state: 'failed',
    class: 'identity-choice',
    detail: `the identity ${selector.value} is not attached`,
    cause: `You name an identity (${azOptions[selector.by]}, or AZURE_CLIENT_ID), and ${name} does not have it: it was never attached, was removed, or its id is misspelt.`,
    fixes: [
      {
        summary: 'Attach it.',
        az: `${find}az ${az} identity assign -g ${group} -n ${name} --identities "${shown}"`,
        portal: `${namesOf(facts.machineId).portal} > Identity > User assigned > Add`,
        lanyard: `${find.replace('az ', 'lanyard ')}lanyard vm identity assign -g ${group} -n ${name} --identities "${shown}"`,
        ...(facts.machineId !== undefined &&
          source.kind === 'vm' && { repair: { kind: 'attach', machineId: facts.machineId, selector } }),
      },
      {
        summary: 'Or name none, and be the identity that the machine chooses.',
        az: 'unset AZURE_CLIENT_ID\naz login --identity',
        powershell: 'Remove-Item Env:AZURE_CLIENT_ID\nConnect-AzAccount -Identity',
        lanyard: 'lanyard login --identity',
      },
    ],
  }
}

function refused({ source }: LinkContext, status: number, refusal: string): Failure {
  return {
    state: 'failed',
    class: 'wrong-token',
    detail: `refused with ${status}: ${refusal.slice(0, 160)}`,
    cause: `${capitalised(source.name)} refused the request. Its reason stands above.`,
    fixes: [
      {
        summary: 'Let the reason be explained.',
        lanyard: `lanyard explain '${refusal.replaceAll(/[^\w .,:()/-]/g, ' ').slice(0, 200)}'`,
      },
    ],
  }
}
