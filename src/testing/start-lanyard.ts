import https from 'node:https'
import type { AddedFault } from '../faults/create-faults.ts'
import { parseFault, type FaultInput } from '../faults/fault-schema.ts'
import { createLogger } from '../server/logger.ts'
import { startPlatform, type Platform } from '../server/start-platform.ts'
import { checkWorld } from '../world/parse-world.ts'
import { placeInWorld } from '../world/world-file-error.ts'
import type { WorldInput } from '../world/world-schema.ts'
import { createRequestLog, type RequestLog } from './request-log.ts'
import { testClock, type TestClock } from './test-clock.ts'
import type { TestMachine } from './machine.ts'
import { openTestMachine } from './test-machine.ts'

export interface LanyardOptions {
  /** What exists, as the world file says it; VM `web-1` with Reader on its group when left out. */
  readonly world?: WorldInput
  /** The time that the platform's clock starts from, in milliseconds since the epoch; `Date.now` when left out. */
  readonly clock?: () => number
  /** Whether hosts that Lanyard does not serve are refused to its machines; they are when left out. */
  readonly offline?: boolean
}

/** Who signs the tokens: what a relying party is told. */
export interface Authority {
  readonly tenantId: string
  /** The `iss` of v1 tokens, which managed identities get. */
  readonly issuer: string
  readonly jwksUrl: string
  readonly openidConfigurationUrl: string
  /** PEM; vouches for these addresses and for every host that is served. */
  readonly certificateAuthority: string
}

export interface Answer {
  readonly status: number
  /** The body as JSON; undefined when it is empty. */
  readonly body: unknown
}

/** The owner of everything, for setting a test up. */
export interface Administrator {
  readonly tenantId: string
  readonly clientId: string
  readonly clientSecret: string
  /**
   * A request to the resource manager.
   * @param path with its api-version
   */
  request(method: string, path: string, body?: object): Promise<Answer>
}

/** A platform of a test, its state in memory, on free ports of this machine. */
export interface Lanyard extends AsyncDisposable {
  /** `https://localhost:PORT`: the resource manager, the token endpoint and Graph. */
  readonly url: string
  readonly authority: Authority
  readonly administrator: Administrator
  readonly clock: TestClock
  readonly requests: RequestLog
  readonly faults: {
    /** @throws TypeError with a sentence */
    add(fault: FaultInput): AddedFault
    list(): readonly AddedFault[]
    remove(id: number): boolean
    clear(): void
  }
  /**
   * A machine of the world; the only virtual machine when no name is given. It is opened once.
   * @throws Error with a sentence when there is none of that name, or more than one
   */
  machine(name?: string, resourceGroup?: string): Promise<TestMachine>
  /** Ends it all. `await using` calls it. */
  close(): Promise<void>
}

/**
 * Starts a platform in this process.
 * @throws WorldFileError that names every mistake of the world
 */
export async function startLanyard({ world, clock, offline = true }: LanyardOptions = {}): Promise<Lanyard> {
  const log = createRequestLog()
  const platform = await startPlatform({
    dataPath: undefined,
    world: world && checkWorld(world, placeInWorld),
    offline,
    proxyForUrl: () => '',
    logger: createLogger('warn', process.stderr),
    onRequest: (request, isOver) => log.onRequest(request, isOver),
    ...(clock && { clock }),
  })
  const listener = await platform.gateway.listenHttps({ port: 0 })
  const machines = new Map<string, ReturnType<typeof openTestMachine>>()
  const { tenantId, faults } = platform
  let closing: Promise<void> | undefined

  async function close(): Promise<void> {
    log.end()
    const opened = await Promise.allSettled(machines.values())
    await Promise.all(opened.map(async (one) => one.status === 'fulfilled' && one.value.close()))
    await listener.close()
    await platform.close()
  }

  return {
    url: listener.url,
    authority: {
      tenantId,
      issuer: platform.authority.issuer,
      jwksUrl: `${listener.url}/${tenantId}/discovery/v2.0/keys`,
      openidConfigurationUrl: `${listener.url}/${tenantId}/.well-known/openid-configuration`,
      certificateAuthority: platform.certificates.certificate,
    },
    administrator: administrator(platform, listener.url),
    clock: testClock(platform.clock),
    requests: log.log,
    faults: {
      add: (fault) => faults.add(parseFault(fault)),
      list: () => faults.list(),
      remove: (id) => faults.remove(id),
      clear: () => faults.clear(),
    },
    machine(name, resourceGroup) {
      const key = `${name ?? ''}\n${resourceGroup ?? ''}`
      const machine = machines.get(key) ?? openTestMachine(platform, name, resourceGroup)
      machines.set(key, machine)
      return machine
    },
    close: () => (closing ??= close()),
    [Symbol.asyncDispose]: () => (closing ??= close()),
  }
}

function administrator(platform: Platform, url: string): Administrator {
  const { caller, secret = '' } = platform.administrator
  return {
    tenantId: platform.tenantId,
    clientId: caller.clientId,
    clientSecret: secret,
    async request(method, path, body) {
      const principal = { ...caller, displayName: '', kind: 'application', managedBy: undefined, createdAt: 0 } as const
      const { accessToken } = await platform.authority.issueCached({ principal, resource: 'https://management.azure.com/' })
      const headers = { authorization: `Bearer ${accessToken}`, ...(body && { 'content-type': 'application/json' }) }
      return new Promise((resolve, reject) => {
        const ca = platform.certificates.certificate
        const request = https.request(new URL(path, url), { method, headers, ca, agent: false }, (response) => {
          let text = ''
          response.setEncoding('utf8')
          response.on('data', (chunk: string) => (text += chunk))
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, body: text === '' ? undefined : (JSON.parse(text) as unknown) }),
          )
        })
        request.on('error', reject)
        request.end(body && JSON.stringify(body))
      })
    },
  }
}
