import assert from 'node:assert/strict'
import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after } from 'node:test'
import type { Refusal } from '../../../src/logs/refusal.ts'
import type { SignInFacts } from '../../../src/logs/sign-in.ts'
import type { MachineIdentity } from '../../../src/machines/machine.ts'
import type { MachineNetwork } from '../../../src/machines/machine-network.ts'
import { createScheduledEvents } from '../../../src/resources/compute/scheduled-events.ts'
import {
  createMetadataEndpoint,
  createVmExtensionEndpoint,
  type MetadataEndpointOptions,
} from '../../../src/metadata-endpoint/create-metadata-endpoint.ts'
import { createTokenAuthority } from '../../../src/tokens/create-token-authority.ts'
import type { StoredSigningKey } from '../../../src/tokens/signing-key.ts'
import { machine, system, tenantId, vmId } from './sample-machine.ts'

/** Ids count up. */
let eventCount = 0
export const events = createScheduledEvents(
  () => known.now,
  () => `event-${(eventCount += 1)}`,
)

/** What the platform knows; each test sets what it needs. */
export const known = {
  identities: [system] as readonly MachineIdentity[],
  machine,
  machineExists: true,
  machineId: vmId as string | undefined,
  network: { interfaces: [], loadBalancing: undefined } as MachineNetwork,
  registryFailure: undefined as Error | undefined,
  /** Milliseconds since the epoch. */
  now: Date.UTC(2026, 0, 1),
  logged: [] as { fields: object; message: string }[],
  signIns: [] as SignInFacts[],
  refusals: [] as Refusal[],
}

// The facts of the machine change without a store, so nothing may be remembered.
let revision = 0
const keys: StoredSigningKey[] = []
/** Issues the endpoint's tokens. */
export const authority = createTokenAuthority({
  tenantId,
  signingKeys: {
    listSigningKeys: async () => keys,
    insertSigningKey: async (key) => void keys.push(key),
    deleteSigningKey: async (kid) => void keys.splice(0, keys.length, ...keys.filter((key) => key.kid !== kid)),
  },
  encryptionKey: new Uint8Array(32).fill(7),
  clock: () => known.now,
  newGuid: () => crypto.randomUUID(),
})
const options: MetadataEndpointOptions = {
  authority,
  machines: {
    network: async () => known.network,
    facts: async ({ resourceId }) => {
      if (known.registryFailure) throw known.registryFailure
      assert.equal(resourceId, vmId)
      return known.machineExists ? { resource: known.machine, identities: known.identities } : undefined
    },
  },
  events,
  sign: async (content) => Buffer.concat([Buffer.from('signed:'), content]),
  isKnownResource: async (name) => !name.includes('unknown.example'),
  clock: () => known.now,
  revision: () => ++revision,
  logger: { error: (fields, message) => void known.logged.push({ fields, message }) },
  newGuid: () => crypto.randomUUID(),
  recorder: {
    activity: () => assert.fail('a machine writes nothing'),
    signIn: (facts) => {
      known.signIns.push(facts)
      return { count: 1, lastTime: facts.time }
    },
    refusal: (refusal) => void known.refusals.push(refusal),
  },
}
const metadataEndpoint = createMetadataEndpoint(options)
const extensionEndpoint = createVmExtensionEndpoint(options)
/** The extension has an address of its own; here its path stands for it. */
const endpointOf = (url = '/') => (/^\/oauth2\/token(\?|$)/i.test(url) ? extensionEndpoint : metadataEndpoint)
const server = createServer((request, response) =>
  endpointOf(request.url)(request, response, { machineId: known.machineId, baseUrl: 'http://169.254.169.254' }),
)
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
after(() => {
  server.closeAllConnections()
  server.close()
})

export interface Answer {
  status: number
  reason: string
  headers: IncomingHttpHeaders
  text: string
}
export interface Sent {
  method?: string
  headers?: Record<string, string>
  body?: string
}
export const metadata = { Metadata: 'true' }

/** One request to the endpoint, on a connection of its own; with the `Metadata` header unless told otherwise. */
export function ask(path: string, { method = 'GET', headers = metadata, body }: Sent = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo
    const request = httpRequest({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, reason: response.statusMessage ?? '', headers: response.headers, text })
      })
    })
    request.on('error', reject)
    request.end(body)
  })
}

export const arm = 'https://management.azure.com/'
export const tokenPath = '/metadata/identity/oauth2/token'
/** A token request that is in order, with `query` at its end. */
export const askToken = (query = '', sent?: Sent) =>
  ask(`${tokenPath}?api-version=2018-02-01&resource=${encodeURIComponent(arm)}${query}`, sent)
export const invalid = (description: string) => JSON.stringify({ error: 'invalid_request', error_description: description })
export const notFoundBody = invalid('Identity not found')
export const severalBody = invalid(
  'Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request',
)

/** Asserts status and body, byte for byte. */
export function refused(answer: Answer, body: string, status = 400): void {
  assert.equal(answer.text, body)
  assert.equal(answer.status, status)
}
/** The claims of the token in a good answer. */
export function claimsOf(answer: Answer): Record<string, unknown> {
  assert.equal(answer.status, 200, answer.text)
  const token = (JSON.parse(answer.text) as { access_token: string }).access_token
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>
}
/** Asserts that a token was given, and for whom. */
export function isTokenOf(answer: Answer, identity: MachineIdentity): void {
  assert.equal(claimsOf(answer)['oid'], identity.principal.objectId)
  assert.equal((JSON.parse(answer.text) as { client_id: string }).client_id, identity.principal.clientId)
}

/** Selectors of an identity, as the end of a query. */
export const client = (of: MachineIdentity) => `&client_id=${of.principal.clientId}`
export const object = (of: MachineIdentity) => `&object_id=${of.principal.objectId}`
