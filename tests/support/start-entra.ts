import { pino } from 'pino'
import { startPlatform, type Platform } from '../../src/server/index.ts'
import { defaultSubscriptionId } from '../../src/world/default-world.ts'
import type { World } from '../../src/world/world-schema.ts'
import { callPlatform, type Answer } from './call-platform.ts'

/** The application of these tests. */
export const orders = {
  name: 'orders',
  clientId: '33333333-3333-4333-8333-333333333333',
  secret: 's3cret:+ %41',
  identifierUris: ['api://orders', 'https://orders.example/'],
}

export interface Entra {
  readonly platform: Platform
  readonly tenantId: string
  /** `https://localhost:PORT` */
  readonly url: string
  /** What the platform takes for the present, in milliseconds since the epoch; a test may move it. */
  readonly time: { now: number }
  call(
    method: string,
    path: string,
    options?: { token?: string; body?: string; headers?: Readonly<Record<string, string>> },
  ): Promise<Answer>
  /** POSTs a form. */
  post(path: string, form: Readonly<Record<string, string>>, headers?: Readonly<Record<string, string>>): Promise<Answer>
  /** A token of the application `orders`, through the token endpoint. */
  token(resource: string): Promise<string>
  close(): Promise<void>
}

const world: World = {
  subscriptions: [
    {
      name: 'Lanyard',
      id: defaultSubscriptionId,
      resourceGroups: [
        {
          name: 'lanyard',
          location: 'westeurope',
          userAssignedIdentities: [{ name: 'deploy' }],
          virtualMachines: [{ name: 'web-1', systemAssignedIdentity: true, userAssignedIdentities: [] }],
          machines: [],
          resources: [],
        },
      ],
    },
  ],
  applications: [orders],
  roleAssignments: [{ role: 'Owner', principal: { application: orders.name }, scope: '/' }],
}

/** A real platform with the application `orders`, VM web-1 and the identity `deploy`, over TLS, with a clock of its own. */
export async function startEntra(): Promise<Entra> {
  const time = { now: Date.now() }
  const platform = await startPlatform({
    dataPath: undefined,
    world,
    offline: true,
    proxyForUrl: () => '',
    logger: pino({ level: 'silent' }),
    clock: () => time.now,
  })
  const https = await platform.gateway.listenHttps({ port: 0 })
  const { tenantId } = platform
  const address = { url: https.url, certificateAuthority: platform.certificates.certificate }
  const call: Entra['call'] = (method, path, options) => callPlatform(address, method, path, options)
  const post: Entra['post'] = (path, form, headers) => {
    const body = new URLSearchParams(form).toString()
    return call('POST', path, { body, headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers } })
  }
  return {
    platform,
    tenantId,
    url: https.url,
    time,
    call,
    post,
    async token(resource) {
      const answer = await post(`/${tenantId}/oauth2/token`, {
        grant_type: 'client_credentials',
        client_id: orders.clientId,
        client_secret: orders.secret,
        resource,
      })
      return answer.json<{ access_token: string }>().access_token
    },
    close: async () => {
      await https.close()
      await platform.close()
    },
  }
}
