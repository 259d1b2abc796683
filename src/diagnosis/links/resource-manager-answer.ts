import type { LinkFix } from '../../contracts/diagnosis-report.ts'
import { armError } from '../../contracts/arm-error.ts'
import { parseJson, type Reply } from '../../api-client/index.ts'
import { isOnLanyard, type Failure, type Surroundings } from '../link.ts'
import { isAnswered, isUntrusted, type Answer, type NoAnswer } from '../probe.ts'
import { isFailing, serviceFailure } from './service-failure.ts'

/** Code and message of the resource manager's error; empty for another body. */
export function errorIn({ text }: Pick<Reply, 'text'>): { readonly code: string; readonly message: string } {
  const parsed = armError.safeParse(parseJson(text))
  return parsed.success ? parsed.data.error : { code: '', message: '' }
}

/** What an answer of the resource manager that is not the one hoped for says of it, apart from missing rights. */
export function resourceManagerFailure(surroundings: Surroundings, answer: Answer): Failure {
  if (!isAnswered(answer)) return outOfReach(surroundings, answer)
  if (answer.status === 401) return refusedToken(answer)
  if (isFailing(answer)) return serviceFailure(surroundings, 'Azure Resource Manager', answer)
  const { code, message } = errorIn(answer)
  return {
    state: 'failed',
    class: 'service-failing',
    detail: `Azure Resource Manager answered ${answer.status} ${code}`.trimEnd(),
    cause: message || 'The answer is not one that the resource manager gives.',
    fixes: [
      { summary: 'Let the answer be explained.', lanyard: `lanyard explain "${code || String(answer.status)}"` },
      ...whyFix(surroundings, answer),
    ],
  }
}

/** A platform of Lanyard keeps what it considered when it refused a request. */
export function whyFix(surroundings: Surroundings, { headers }: Pick<Reply, 'headers'>): readonly LinkFix[] {
  const requestId = headers.get('x-ms-request-id') ?? ''
  return isOnLanyard(surroundings) && /^[\w-]{8,64}$/.test(requestId)
    ? [{ summary: 'To see which assignments were considered:', lanyard: `lanyard why ${requestId}` }]
    : []
}

function outOfReach(surroundings: Surroundings, { reason }: NoAnswer): Failure {
  const { resourceManager } = surroundings.endpoints
  if (isUntrusted({ url: resourceManager, reason })) {
    return {
      state: 'failed',
      class: 'resource-manager-out-of-reach',
      detail: `${resourceManager}: ${reason}`,
      cause:
        'TLS reached a server whose certificate is not trusted here: a proxy of your network opens the connection, or the variables of the run are gone.',
      fixes: [
        isOnLanyard(surroundings)
          ? {
              summary: 'Run the command as a run of Lanyard, which sets the variables of trust.',
              lanyard: 'lanyard run -- COMMAND',
            }
          : {
              summary: "Trust the proxy's certificate authority.",
              az: 'export NODE_EXTRA_CA_CERTS=FILE REQUESTS_CA_BUNDLE=FILE SSL_CERT_FILE=FILE',
            },
      ],
    }
  }
  return {
    state: 'failed',
    class: 'resource-manager-out-of-reach',
    detail: `${resourceManager}: ${reason}`,
    cause:
      'The machine got a token, and cannot reach Azure Resource Manager with it: no route to the internet, no name service, or a proxy that is needed and not set.',
    fixes: [
      {
        summary: 'Set the proxy of your network, or open the way.',
        az: `export HTTPS_PROXY=http://HOST:PORT\ncurl -sI ${resourceManager}`,
        powershell: `Test-NetConnection ${new URL(resourceManager).host} -Port 443`,
      },
      ...(isOnLanyard(surroundings)
        ? [{ summary: 'Or start the command anew: the run has ended.', lanyard: 'lanyard run -- COMMAND' }]
        : []),
    ],
  }
}

function refusedToken(answer: Reply): Failure {
  const { code, message } = errorIn(answer)
  return {
    state: 'failed',
    class: 'wrong-token',
    detail: `Azure Resource Manager refused the token: ${code || '401'}`,
    cause: message || 'It does not take the token.',
    fixes: [
      { summary: 'Let the refusal be explained.', lanyard: `lanyard explain "${code || 'InvalidAuthenticationToken'}"` },
      {
        summary: 'Ask for a new token; one of an identity that was switched off and on again is refused.',
        az: 'az logout\naz login --identity',
        lanyard: 'lanyard login --identity',
      },
    ],
  }
}
