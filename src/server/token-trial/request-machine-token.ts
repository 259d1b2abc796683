import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TokenRequestAnswer, TokenRequestBody } from '../../contracts/token-request.ts'
import type { Listener } from '../../gateway/create-gateway.ts'
import type { Endpoint } from '../../http/endpoint.ts'
import { vmExtensionPath } from '../../metadata-endpoint/vm-extension.ts'
import { clusterIssuer } from '../../resources/container-service/managed-cluster.ts'
import { usualExtensionPort } from '../../resources/compute/virtual-machine-extension.ts'
import { hostKindOf } from '../../resources/host-kind.ts'
import type { Resource } from '../../resources/resource.ts'
import { openHost, serviceAccountOf, type HostPlatform } from '../open-host.ts'
import { askSource, NoAnswerError, type SourceAnswer, type SourceRequest } from './ask-source.ts'
import { exchangeRequest, hostRequests, imdsRequest } from './source-requests.ts'
import { withoutToken } from './without-token.ts'

type Properties = TokenRequestAnswer['properties']

/** What is asked, and with what it is listened to meanwhile. */
interface Trial {
  readonly request: SourceRequest
  /** The address by which code on the machine knows the source. */
  readonly url: string
  readonly close: () => Promise<void>
}

/** The platform, as far as a trial goes beyond a host. */
export type TrialPlatform = HostPlatform & { readonly tokenEndpoint: Endpoint }

/** What a person wants to see of the headers. */
const shownHeaders = ['content-type', 'retry-after', 'www-authenticate', 'server', 'x-ms-request-id']

/**
 * Asks a machine's own token source over the wire, with listeners and secrets made for this one request, in the words that code on it
 * would use. Faults strike it and the logs tell of it like of any other request. No token comes back.
 */
export async function requestMachineToken(
  platform: TrialPlatform,
  machine: Resource,
  demand: TokenRequestBody,
): Promise<Properties> {
  const host = hostKindOf(machine) ?? 'vm'
  const keys = host === 'arc' ? await mkdtemp(path.join(tmpdir(), 'lanyard-arc-')) : undefined
  const none = { host, status: 0, headers: {}, body: null }
  let trial: Trial | undefined
  try {
    trial = await openTrial(platform, machine, demand, keys)
    return { host, request: shown(trial), ...describe(await askTwice(trial.request, keys)) }
  } catch (error) {
    if (error instanceof NoSourceError)
      return { ...none, request: { method: error.method, url: error.url }, failure: error.message }
    if (!(error instanceof NoAnswerError) || !trial) throw error
    return { ...none, request: shown(trial), failure: error.message }
  } finally {
    await trial?.close()
    if (keys !== undefined) await rm(keys, { recursive: true, force: true })
  }
}

const shown = ({ request, url }: Trial) => ({ method: request.method, url })

/** The machine has no token source now. The message is a sentence. */
class NoSourceError extends Error {
  readonly method: string
  readonly url: string
  constructor(sentence: string, method: string, url: string) {
    super(sentence)
    this.method = method
    this.url = url
  }
}

/** @throws NoSourceError */
async function openTrial(
  platform: TrialPlatform,
  machine: Resource,
  demand: TokenRequestBody,
  keys: string | undefined,
): Promise<Trial> {
  const { gateway } = platform
  const { id: machineId } = machine
  const host = hostKindOf(machine) ?? 'vm'
  if (host === 'vm') {
    const listener = await gateway.listenMetadata({ machineId, port: 0 })
    const request = imdsRequest(`${listener.url}/metadata/identity/oauth2/token`, '2018-02-01', demand)
    return asked(listener, request, 'http://169.254.169.254')
  }
  if (host === 'vm-extension') {
    const port = await platform.extensionPort(machineId)
    if (port === undefined) {
      const url = `http://localhost:${usualExtensionPort}${vmExtensionPath}`
      throw new NoSourceError(`Nothing listens there: the managed-identity extension is not deployed.`, 'GET', url)
    }
    const listener = await gateway.listenVmExtension({ machineId, port: 0 })
    return asked(listener, imdsRequest(`${listener.url}${vmExtensionPath}`, undefined, demand), `http://localhost:${port}`)
  }
  if (host === 'aks') return openExchange(platform, machine, demand)
  const opened = await openHost(platform, machine, keys)
  const request = hostRequests[host](opened.environment, demand)
  return { request: { ...request, ca: platform.certificates.certificate }, url: request.url, close: () => opened.close() }
}

/** The request as it is sent, to a listener of its own, and as code on the machine would write it. */
function asked(listener: Listener, request: SourceRequest, origin: string): Trial {
  return { request, url: request.url.replace(listener.url, origin), close: () => listener.close() }
}

async function openExchange(platform: TrialPlatform, machine: Resource, demand: TokenRequestBody): Promise<Trial> {
  const authority = 'https://login.microsoftonline.com'
  const tokenPath = `/${platform.tenantId}/oauth2/v2.0/token`
  const missing = (sentence: string) => new NoSourceError(sentence, 'POST', authority + tokenPath)
  if (clusterIssuer(machine.properties) === undefined)
    throw missing('The cluster has no issuer of tokens: enable its OIDC issuer.')
  const projected = await platform.projectToken(machine, serviceAccountOf(machine))
  const clientId = demand.clientId ?? projected.clientId
  if (clientId === undefined) {
    throw missing('No identity, or more than one, is federated with the service account: name one by its client id.')
  }
  const listener = await platform.gateway.listenEndpoint({ endpoint: platform.tokenEndpoint, machineId: machine.id, port: 0 })
  return asked(listener, exchangeRequest(listener.url + tokenPath, projected.token, clientId, demand), authority)
}

/** Azure Arc answers a first request with the name of a file that holds the key to the second. */
async function askTwice(request: SourceRequest, keys: string | undefined): Promise<SourceAnswer> {
  const answer = await askSource(request)
  const [, file] = /^Basic realm=(.+)$/.exec(answer.headers['www-authenticate'] ?? '') ?? []
  if (answer.status !== 401 || keys === undefined || file === undefined) return answer
  // The agent tells where its clients find the file; for this request it is in a folder of its own.
  const key = await readFile(path.join(keys, path.posix.basename(file)), 'utf8')
  return askSource({ ...request, headers: { ...request.headers, authorization: `Basic ${key}` } })
}

function describe({ status, headers, text }: SourceAnswer): Pick<Properties, 'status' | 'headers' | 'body'> {
  const shown = shownHeaders.flatMap((name) => {
    const value = headers[name]
    return value === undefined ? [] : [[name, String(value)] as const]
  })
  return { status, headers: Object.fromEntries(shown), body: withoutToken(text) }
}
