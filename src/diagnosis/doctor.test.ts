import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { publicEndpoints, type IdentitySelector } from '../api-client/index.ts'
import { causeClasses, type CauseClass } from './cause-classes.ts'
import { diagnose } from './doctor.ts'
import type { Surroundings } from './link.ts'
import type { Answer, Ask, ProbeRequest } from './probe.ts'

const tenant = '11111111-1111-4111-8111-111111111111'
const subscription = '22222222-2222-4222-8222-222222222222'
const principal = '33333333-3333-4333-8333-333333333333'
const machineId = `/subscriptions/${subscription}/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/web-1`
const now = Date.parse('2026-03-01T12:00:00Z')
const seconds = now / 1000

/** What a service answers: a status with a body, or the reason why it does not. */
type Scripted = string | readonly [status: number, body?: unknown, headers?: Readonly<Record<string, string>>]

const jwt = (claims: object) =>
  `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`
const claims = {
  iss: `https://sts.windows.net/${tenant}/`,
  aud: 'https://management.core.windows.net/',
  tid: tenant,
  oid: principal,
  iat: seconds,
  nbf: seconds,
  exp: seconds + 86_400,
  xms_mirid: machineId,
}
const tokenAnswer = (changed: object = {}): Scripted => [
  200,
  { access_token: jwt({ ...claims, ...changed }), expires_on: String(seconds + 86_400), token_type: 'Bearer' },
]
const identity = { type: 'SystemAssigned', principalId: principal, tenantId: tenant }
const armError = (code: string, message = code) => ({ error: { code, message } })

/** An Azure on which all is well, by the path that is asked. */
const healthy = {
  instance: [
    200,
    { compute: { resourceId: machineId, name: 'web-1', resourceGroupName: 'shop', osType: 'Linux' }, network: {} },
    { server: 'IMDS/1' },
  ],
  info: [200, { tenantId: tenant }],
  token: tokenAnswer(),
  extension: tokenAnswer(),
  subscriptions: [
    200,
    { value: [{ id: `/subscriptions/${subscription}`, subscriptionId: subscription, displayName: 'Test', state: 'Enabled' }] },
  ],
  machine: [200, { id: machineId, name: 'web-1', identity }],
  assignments: [403, armError('AuthorizationFailed')],
  definitions: [403, armError('AuthorizationFailed')],
  resources: [200, { value: [{ id: machineId, name: 'web-1', identity }] }],
} as const satisfies Record<string, Scripted>

type Question = keyof typeof healthy
type Script = Partial<Record<Question, Scripted>>

function questionOf({ url }: ProbeRequest): Question {
  if (url.includes('/metadata/instance')) return 'instance'
  if (url.includes('/identity/info')) return 'info'
  if (url.includes(':50342')) return 'extension'
  if (url.includes('token')) return 'token'
  if (url.includes('/roleAssignments')) return 'assignments'
  if (url.includes('/roleDefinitions')) return 'definitions'
  if (url.includes('/resources?')) return 'resources'
  return url.includes('/virtualMachines/') ? 'machine' : 'subscriptions'
}

function answerOf(scripted: Scripted, url: string): Answer {
  if (typeof scripted === 'string') return { url, reason: scripted }
  const [status, body = '', headers = {}] = scripted
  return {
    status,
    statusText: '',
    headers: { get: (name) => headers[name.toLowerCase()] ?? null },
    text: typeof body === 'string' ? body : JSON.stringify(body),
  }
}

interface Told {
  readonly script?: Script
  readonly directly?: Script
  readonly env?: Readonly<Record<string, string>>
  readonly selector?: IdentitySelector
  readonly usesExtension?: boolean
  readonly platformIsUp?: boolean
  readonly files?: Readonly<Record<string, string>>
  /** Of the question, when the answer depends on it. */
  readonly answer?: (request: ProbeRequest) => Scripted | undefined
}

async function examine(told: Told = {}) {
  const asked: ProbeRequest[] = []
  const scriptedAsk =
    (script: Script): Ask =>
    async (request) => {
      asked.push(request)
      return answerOf(told.answer?.(request) ?? script[questionOf(request)] ?? healthy[questionOf(request)], request.url)
    }
  const surroundings: Surroundings = {
    ask: scriptedAsk(told.script ?? {}),
    askDirectly: scriptedAsk({ ...told.script, ...told.directly }),
    askPinned: scriptedAsk(told.script ?? {}),
    env: told.env ?? {},
    clock: () => now,
    endpoints: publicEndpoints,
    readFile: async (file) => {
      const content = told.files?.[file]
      if (content === undefined) throw new Error(`ENOENT ${file}`)
      return content
    },
    selector: told.selector,
    usesExtension: told.usesExtension ?? false,
    platformIsUp: told.platformIsUp ?? false,
    timeouts: { metadata: 1000, service: 10_000 },
  }
  const diagnosis = await diagnose(surroundings)
  return { ...diagnosis, asked, broken: diagnosis.report.links.find(({ state }) => state === 'failed') }
}

test('a machine that is well passes, on Azure as on Lanyard, although it may not list its roles', async () => {
  const { report } = await examine()
  assert.deepEqual([report.healthy, report.exitCode, report.onLanyard], [true, 0, false])
  assert.equal(report.links.find(({ id }) => id === 'role')?.detail, 'it reads web-1')
})

describe('each link, and each way in which it is broken', () => {
  const onLanyard = { LANYARD_VM: machineId }
  const cases: Readonly<Record<string, readonly [link: string, CauseClass, Told, seen?: RegExp]>> = {
    'nothing listens': [
      'metadata-address',
      'nothing-answers',
      { script: { instance: 'connect ECONNREFUSED 169.254.169.254:80' } },
    ],
    'packets are dropped': [
      'metadata-address',
      'nothing-answers',
      { script: { instance: 'no answer in time' } },
      /no answer within 1 s/,
    ],
    'the run has ended': [
      'metadata-address',
      'nothing-answers',
      { script: { instance: 'connect ECONNREFUSED 127.0.0.1:1' }, env: onLanyard },
    ],
    'a proxy answers': [
      'metadata-address',
      'proxy-in-the-way',
      {
        script: { instance: [502, '', { via: 'squid' }] },
        directly: { instance: healthy.instance },
        env: { HTTP_PROXY: 'http://p:1' },
      },
    ],
    'a proxy keeps the request': [
      'metadata-address',
      'proxy-in-the-way',
      { script: { instance: 'no answer in time' }, directly: { instance: healthy.instance }, env: { http_proxy: 'http://p:1' } },
    ],
    'a proxy that nobody named answers': [
      'metadata-address',
      'proxy-in-the-way',
      { script: { instance: [403, 'denied', { server: 'squid/5' }] } },
    ],
    'another cloud answers': [
      'metadata-address',
      'another-service',
      { script: { instance: [200, 'ok', { 'metadata-flavor': 'Google' }] } },
      /Google Cloud/,
    ],
    'an OpenStack answers': [
      'metadata-address',
      'another-service',
      { script: { instance: [404, '<title>OpenStack</title>'] } },
      /OpenStack/,
    ],
    'a machine that is not known': [
      'machine',
      'unknown-machine',
      {
        script: {
          instance: [
            404,
            { error: 'Not found. The request did not come from a virtual machine that exists' },
            { server: 'IMDS/1' },
          ],
        },
      },
    ],
    'a document without a resource id': [
      'machine',
      'unknown-machine',
      { script: { instance: [200, { compute: { resourceId: '' }, network: {} }] } },
    ],
    'the metadata service is updated': ['machine', 'service-failing', { script: { instance: [410, '', { server: 'IMDS/1' }] } }],
    'no identity': [
      'identities',
      'no-identity',
      { script: { token: [400, { error: 'invalid_request', error_description: 'Identity not found' }] } },
    ],
    'several identities': [
      'identities',
      'identity-choice',
      {
        script: {
          token: [400, { error: 'invalid_request', error_description: 'Multiple user assigned identities exist, please' }],
        },
      },
    ],
    'no extension': [
      'extension',
      'no-extension',
      { usesExtension: true, script: { extension: 'connect ECONNREFUSED 127.0.0.1:50342' } },
    ],
    'an extension that refuses': [
      'extension',
      'no-extension',
      { env: { MSI_ENDPOINT: 'http://localhost:50342/oauth2/token' }, script: { extension: [400, { error: 'unknown_source' }] } },
    ],
    'the named identity is not attached': [
      'token',
      'identity-choice',
      {
        selector: { by: 'clientId', value: principal },
        answer: (request) =>
          request.url.includes('client_id=')
            ? [400, { error: 'invalid_request', error_description: 'Identity not found' }]
            : undefined,
      },
    ],
    'no token in time': ['token', 'service-failing', { script: { token: 'no answer in time' } }],
    throttled: ['token', 'service-failing', { script: { token: [429, { error: 'too_many_requests' }, { 'retry-after': '7' }] } }],
    'an unknown refusal': [
      'token',
      'wrong-token',
      { script: { token: [403, { error: 'forbidden', error_description: 'no' }] } },
      /refused with 403: no/,
    ],
    'half a token': ['token', 'wrong-token', { script: { token: [200, '{"access_token":"'] } }],
    'a token that is no JWT': [
      'token',
      'wrong-token',
      { script: { token: [200, { access_token: 'secret', expires_in: 3600 }] } },
    ],
    'a token without a tenant': ['token', 'wrong-token', { script: { token: tokenAnswer({ tid: undefined }) } }],
    'a page of a proxy': ['token', 'wrong-token', { script: { token: [200, '<html>'] } }],
    'another issuer': [
      'token-claims',
      'wrong-token',
      { script: { token: tokenAnswer({ iss: 'https://example.com/' }) } },
      /issuer is "https:\/\/example\.com\/"/,
    ],
    'an issuer of another tenant': [
      'token-claims',
      'wrong-token',
      { script: { token: tokenAnswer({ iss: `https://sts.windows.net/${subscription}/` }) } },
    ],
    'another tenant than the machine': ['token-claims', 'wrong-token', { script: { info: [200, { tenantId: subscription }] } }],
    'another audience': ['token-claims', 'wrong-token', { script: { token: tokenAnswer({ aud: 'https://vault.azure.net' }) } }],
    'a token from the future': [
      'token-claims',
      'wrong-time',
      { script: { token: tokenAnswer({ nbf: seconds + 3600 }) } },
      /60 minutes from now/,
    ],
    'a token from the past': [
      'token-claims',
      'wrong-time',
      { script: { token: tokenAnswer({ exp: seconds - 90_000 }) } },
      /25 hours ago/,
    ],
    'no resource manager': [
      'subscriptions',
      'resource-manager-out-of-reach',
      { script: { subscriptions: 'getaddrinfo ENOTFOUND management.azure.com' } },
    ],
    'its certificate is not trusted': [
      'subscriptions',
      'resource-manager-out-of-reach',
      { script: { subscriptions: 'self-signed certificate in certificate chain' } },
    ],
    'the token is refused': [
      'subscriptions',
      'wrong-token',
      { script: { subscriptions: [401, armError('ExpiredAuthenticationToken', 'The token has ended.')] } },
      /ExpiredAuthenticationToken/,
    ],
    'the resource manager fails': [
      'subscriptions',
      'service-failing',
      { script: { subscriptions: [503, armError('ServiceUnavailable')] } },
    ],
    'no subscription': ['subscriptions', 'no-access', { script: { subscriptions: [200, { value: [] }] } }],
    'other subscriptions': [
      'subscriptions',
      'no-access',
      {
        script: {
          subscriptions: [
            200,
            { value: [{ id: '/subscriptions/x', subscriptionId: tenant, displayName: 'Other', state: 'Enabled' }] },
          ],
        },
      },
      /Other; not the one of the machine/,
    ],
    'a page instead of a list': ['subscriptions', 'service-failing', { script: { subscriptions: [200, '<html>'] } }],
    'no role at the machine': [
      'role',
      'no-access',
      {
        script: {
          machine: [
            403,
            armError(
              'AuthorizationFailed',
              "does not have authorization to perform action 'Microsoft.Compute/virtualMachines/read' over scope",
            ),
          ],
        },
      },
    ],
    'a machine that is gone': ['role', 'unknown-machine', { script: { machine: [404, armError('ResourceNotFound')] } }],
    'a machine that is not listed': ['script-call', 'no-principal', { script: { resources: [200, { value: [] }] } }],
    'a machine that is listed without an identity': [
      'script-call',
      'no-principal',
      { script: { resources: [200, { value: [{ id: machineId, name: 'web-1' }] }] } },
    ],
    'a list that is refused': ['script-call', 'service-failing', { script: { resources: [429, armError('TooManyRequests')] } }],
  }
  for (const [what, [link, cause, told, seen]] of Object.entries(cases)) {
    test(`${what}: ${link}`, async () => {
      const { report, broken } = await examine(told)
      assert.deepEqual(
        [broken?.id, broken?.code, report.exitCode, broken?.state],
        [link, cause, causeClasses[cause].exitCode, 'failed'],
        broken?.detail ?? 'nothing is broken',
      )
      if (seen) assert.match(broken?.detail ?? '', seen)
      assert.match(broken?.cause ?? '', /[.]$/)
      assert.ok(broken?.fixes?.some(({ az, lanyard }) => Boolean(az) || Boolean(lanyard)))
      // Nothing after it was looked at, and no token is shown.
      assert.deepEqual(
        [...new Set(report.links.slice(report.links.findIndex(({ id }) => id === link) + 1).map(({ state }) => state))].join(),
        link === 'script-call' ? '' : 'skipped',
      )
      assert.doesNotMatch(JSON.stringify(report), /eyJ/)
    })
  }

  test('every class of cause is reached by one of them', () => {
    const reached = new Set(Object.values(cases).map(([, cause]) => cause))
    assert.deepEqual(
      Object.keys(causeClasses).filter((cause) => !reached.has(cause as CauseClass)),
      [],
    )
  })

  test('exit codes are distinct, and none is one that shells or other commands use', () => {
    const codes = Object.values(causeClasses).map(({ exitCode }) => exitCode)
    assert.equal(new Set(codes).size, codes.length)
    assert.ok(codes.every((code) => code >= 10 && code < 126))
  })
})

describe('hosts that are no virtual machine', () => {
  const arc = '/var/opt/azcmagent/tokens/a.key'
  const hosts: Readonly<Record<string, Told>> = {
    appService: { env: { IDENTITY_ENDPOINT: 'http://localhost:1/msi/token', IDENTITY_HEADER: 'h' } },
    appService2017: { env: { MSI_ENDPOINT: 'http://localhost:1/msi/token', MSI_SECRET: 's' } },
    cloudShell: { env: { MSI_ENDPOINT: 'http://localhost:1/oauth2/token', ACC_CLOUD: 'PROD' } },
    serviceFabric: {
      env: { IDENTITY_ENDPOINT: 'https://localhost:1/token', IDENTITY_HEADER: 'h', IDENTITY_SERVER_THUMBPRINT: 'ab' },
    },
    workloadIdentity: {
      env: { AZURE_FEDERATED_TOKEN_FILE: '/t', AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: principal },
      files: { '/t': 'assertion' },
    },
    arc: {
      env: { IDENTITY_ENDPOINT: 'http://localhost:1/token', IMDS_ENDPOINT: 'http://localhost:1' },
      files: { [arc]: 'key' },
      answer: (request) =>
        request.url.includes('/token') && !request.headers?.['Authorization']
          ? [401, '', { 'www-authenticate': `Basic realm=${arc}` }]
          : undefined,
    },
  }
  for (const [host, told] of Object.entries(hosts)) {
    test(`${host} is known by its variables, and the machine by its token`, async () => {
      const { report, asked } = await examine(told)
      assert.deepEqual([report.host, report.exitCode, report.machineId], [host, 0, machineId])
      assert.ok(!asked.some(({ url }) => url.startsWith('http://169.254.169.254/metadata/instance')))
    })
  }

  test('a variable that is no address, a key file that cannot be read, a host without an identity', async () => {
    const env = { IDENTITY_ENDPOINT: 'http://localhost:1/token', IMDS_ENDPOINT: 'x' }
    const challenged: Told = {
      env,
      answer: ({ url }) => (url.includes('/token') ? [401, '', { 'www-authenticate': `Basic realm=${arc}` }] : undefined),
    }
    const unreadable = await examine(challenged)
    assert.deepEqual([unreadable.broken?.id, unreadable.broken?.code], ['metadata-address', 'nothing-answers'])
    assert.match(unreadable.broken?.detail ?? '', /key file cannot be read/)
    const off = await examine({
      env: { IDENTITY_ENDPOINT: 'http://localhost:1/msi/token', IDENTITY_HEADER: 'h' },
      script: {
        token: [
          400,
          {
            statusCode: 400,
            message: 'No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.',
          },
        ],
      },
    })
    assert.deepEqual([off.broken?.id, off.broken?.code], ['identities', 'no-identity'])
  })
})

describe('time and order', () => {
  test('where nothing answers, one question after the other is waited for less than 3 seconds in all, and no token is asked for', async () => {
    for (const env of [{}, { HTTP_PROXY: 'http://proxy:3128' }, { MSI_ENDPOINT: 'http://localhost:50342/oauth2/token' }]) {
      const { asked } = await examine({
        env,
        script: { instance: 'no answer in time', info: 'no answer in time', token: 'no answer in time' },
      })
      assert.ok(asked.reduce((sum, { timeout }) => sum + timeout, 0) <= 3000)
      assert.ok(asked.every((request) => questionOf(request) === 'instance' || questionOf(request) === 'info'))
    }
  })

  test('what needs nothing of the other is asked at once: no answer is waited for before the next question', async () => {
    const waiting: string[] = []
    const release: (() => void)[] = []
    let most = 0
    const ask: Ask = async (request) => {
      waiting.push(questionOf(request))
      most = Math.max(most, waiting.length)
      await new Promise<void>((resolve) => {
        release.push(resolve)
        setImmediate(() => release.splice(0).forEach((go) => go()))
      })
      waiting.splice(waiting.indexOf(questionOf(request)), 1)
      return answerOf(healthy[questionOf(request)], request.url)
    }
    const unused = { env: {}, clock: () => now, endpoints: publicEndpoints, readFile: async () => '', selector: undefined }
    const flags = { usesExtension: false, platformIsUp: false, timeouts: { metadata: 1000, service: 10_000 } }
    const { report } = await diagnose({ ask, askDirectly: ask, askPinned: ask, ...unused, ...flags })
    assert.equal(report.healthy, true)
    assert.ok(most >= 3, `${most} at once`)
  })

  test('each question is asked once, a named identity aside', async () => {
    const { asked } = await examine()
    assert.equal(new Set(asked.map(({ url }) => url)).size, asked.length)
  })

  test('a token goes to no other host than the resource manager, whatever a link says', async () => {
    const { asked } = await examine({
      script: { subscriptions: [200, { value: [], nextLink: 'https://management.azure.com.evil.example/x' }] },
    })
    for (const { url, headers } of asked)
      if (headers?.['authorization']) assert.equal(new URL(url).origin, 'https://management.azure.com')
  })
})
