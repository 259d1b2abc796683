import { parseJson, type Reply } from '../../api-client/index.ts'
import type { LinkFix } from '../../contracts/diagnosis-report.ts'
import { isOnLanyard, type Failure, type Link, type LinkContext, type Outcome, type Surroundings } from '../link.ts'
import { isAnswered, isUntrusted, type NoAnswer } from '../probe.ts'

const proxyNames = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy']

/** Is somebody there who gives tokens, and is it who it should be? */
export const metadataAddress: Link = {
  id: 'metadata-address',
  title: 'Metadata address',
  async check({ surroundings, source, questions }) {
    if (source.kind !== 'vm') return checkHostAddress({ surroundings, source, questions })
    const { metadata } = surroundings.endpoints
    const answer = await questions.instance()
    if (isAnswered(answer) && isMetadataService(answer)) {
      const server = answer.headers.get('server')
      return { state: 'passed', detail: `${metadata} answers${server === null ? '' : ` (${server})`}` }
    }
    const proxy = proxyOf(surroundings)
    if (proxy !== undefined && !isOnLanyard(surroundings)) {
      const direct = await questions.instanceDirectly()
      if (isAnswered(direct) && isMetadataService(direct)) return proxyInTheWay(surroundings, proxy, describe(answer))
    }
    if (!isAnswered(answer)) return nothingAnswers(surroundings, answer, proxy)
    return anotherService(surroundings, answer, proxy)
  },
}

/** Only the service itself names itself `IMDS/…`; where the header was lost on the way, its documents are known by their shape. */
function isMetadataService(reply: Reply): boolean {
  if (/^IMDS\//i.test(reply.headers.get('server') ?? '')) return true
  const body = parseJson(reply.text)
  if (typeof body !== 'object' || body === null) return false
  return reply.status === 200
    ? 'compute' in body && 'network' in body
    : 'error' in body && /aka\.ms\/azureimds|metadata header/i.test(reply.text)
}

function proxyOf({ env }: Surroundings): string | undefined {
  const proxy = proxyNames.map((name) => env[name]).find(Boolean)
  return proxy && withoutCredentials(proxy)
}

/** Who may use a proxy is nobody's business. */
function withoutCredentials(proxy: string): string {
  return proxy.replace(/\/\/[^/@]*@/, '//')
}

function describe(answer: Reply | NoAnswer): string {
  return isAnswered(answer) ? `${answer.status} ${answer.statusText}`.trimEnd() : answer.reason
}

function pastProxy({ endpoints }: Surroundings): LinkFix {
  const host = new URL(endpoints.metadata).hostname
  return {
    summary: 'Let requests to the metadata address go past the proxy.',
    az: `export NO_PROXY="$NO_PROXY,${host}" no_proxy="$no_proxy,${host}"`,
    powershell: `$env:NO_PROXY = "$env:NO_PROXY,${host}"`,
  }
}

function proxyInTheWay(surroundings: Surroundings, proxy: string, told: string): Failure {
  const { endpoints, env } = surroundings
  const listed = env['NO_PROXY'] ?? env['no_proxy']
  return {
    state: 'failed',
    class: 'proxy-in-the-way',
    detail: `the proxy ${proxy} answers for ${endpoints.metadata}: ${told}`,
    cause: `HTTP_PROXY is set, and ${listed ? `NO_PROXY (${listed}) does not name` : 'no NO_PROXY names'} the metadata address. az and the SDKs for Python and Go send their request to the proxy, which cannot reach this machine's own metadata service. Past the proxy it answers.`,
    fixes: [pastProxy(surroundings)],
  }
}

function nothingAnswers(surroundings: Surroundings, { reason }: NoAnswer, proxy: string | undefined): Failure {
  const { endpoints, platformIsUp, timeouts } = surroundings
  const told = reason === 'no answer in time' ? `no answer within ${timeouts.metadata / 1000} s` : reason
  const detail = `${endpoints.metadata}: ${told}`
  if (isOnLanyard(surroundings)) {
    return {
      state: 'failed',
      class: 'nothing-answers',
      detail,
      cause:
        'This shell belongs to a run of Lanyard, and the run or its platform has ended, keeps its answers back by a fault, or a variable was changed inside: the proxy of the run leads to the metadata service.',
      fixes: [
        {
          summary: 'Start the command anew, or take the faults away.',
          lanyard: 'lanyard fault clear\nlanyard run -- lanyard doctor',
        },
      ],
    }
  }
  const asMachine = {
    summary: 'Run the command as a machine of Lanyard.',
    lanyard: 'lanyard run -- lanyard doctor\nlanyard run -- COMMAND',
  }
  const onAzure = {
    summary: 'If it is a virtual machine of Azure: look for a route or a firewall that takes the packets.',
    az: 'ip route get 169.254.169.254\nsudo iptables -L OUTPUT -n',
    powershell: 'Find-NetRoute -RemoteIPAddress 169.254.169.254',
  }
  return {
    state: 'failed',
    class: 'nothing-answers',
    detail,
    cause: platformIsUp
      ? 'A platform of Lanyard is running, and this shell is none of its machines: it was not started by "lanyard run" or "lanyard connect".'
      : 'This machine is not a virtual machine of Azure, or something keeps it from its metadata service. Nothing plays one here either.',
    fixes: [...(proxy === undefined ? [] : [pastProxy(surroundings)]), asMachine, ...(platformIsUp ? [] : [onAzure])],
  }
}

/** Whose answers they are, by what the services of other clouds and tools say of themselves. */
function nameOf({ headers, text, status }: Reply): string {
  const server = headers.get('server') ?? ''
  if (headers.get('metadata-flavor') === 'Google') return "Google Cloud's metadata service"
  if (/^EC2ws/i.test(server)) return "Amazon EC2's metadata service"
  if (/unreachable/i.test(text) && status === 403) return 'the network of Docker Desktop'
  if (/openstack/i.test(text)) return "OpenStack's metadata service"
  if (headers.get('via') !== null || headers.get('proxy-authenticate') !== null || /squid|proxy|zscaler/i.test(server))
    return 'a proxy'
  return server === '' ? 'a service that does not name itself' : `a service that calls itself "${server.slice(0, 40)}"`
}

function anotherService(surroundings: Surroundings, answer: Reply, proxy: string | undefined): Failure {
  const who = nameOf(answer)
  const isProxy = who === 'a proxy' || proxy !== undefined
  return {
    state: 'failed',
    class: isProxy && !isOnLanyard(surroundings) ? 'proxy-in-the-way' : 'another-service',
    detail: `${surroundings.endpoints.metadata} is answered by ${who}: ${describe(answer)}`,
    cause: `What answers is not Azure's metadata service: it does not say "Server: IMDS/…", and its answer has another shape. It is ${who}.`,
    fixes: [
      ...(proxy === undefined ? [] : [pastProxy(surroundings)]),
      {
        summary: 'Run the command as a machine of Lanyard, which answers at this address.',
        lanyard: 'lanyard run -- lanyard doctor\nlanyard run -- COMMAND',
      },
    ],
  }
}

async function checkHostAddress({ surroundings, source, questions }: Omit<LinkContext, 'facts'>): Promise<Outcome> {
  const answer = await questions.namedToken()
  if (isAnswered(answer)) return { state: 'passed', detail: `${source.address} answers (${source.name})` }
  return {
    state: 'failed',
    class: isUntrusted(answer) ? 'resource-manager-out-of-reach' : 'nothing-answers',
    detail: `${source.address}: ${answer.reason}`,
    cause: `The variables of the environment name ${source.name} as the source of tokens, and it gives no answer.`,
    fixes: [
      isOnLanyard(surroundings)
        ? { summary: 'The run that set the variables has ended: start the command anew.', lanyard: 'lanyard run -- COMMAND' }
        : {
            summary: 'Restart the app; if the variables were set by hand, take them away.',
            az: 'unset IDENTITY_ENDPOINT IDENTITY_HEADER IMDS_ENDPOINT MSI_ENDPOINT MSI_SECRET AZURE_FEDERATED_TOKEN_FILE',
            portal: 'App > Overview > Restart',
          },
    ],
  }
}
