import { hostKinds } from '../../src/resources/host-kind.ts'
import { openSession, type Session } from '../../src/server/index.ts'
import { hostWorld } from '../support/host-world.ts'
import { startTestPlatform } from '../support/start-test-platform.ts'

/** What is sent requests: an address, and the words that requests to it are made of. */
export interface Target {
  readonly name: string
  readonly origin: string
  readonly ca: string
  /** Paths that mean something there. */
  readonly paths: readonly string[]
  /** A query that is in order. */
  readonly query: string
  /** Headers that requests have as a rule: name, and the values that mean something. */
  readonly headers: readonly (readonly [name: string, values: readonly string[]])[]
  /** Object ids of those whose tokens may come back; undefined where none may. */
  readonly holders: ReadonlySet<string> | undefined
}

const group = '/subscriptions/6c616e79-6172-4400-8000-000000000001/resourceGroups/lanyard'
const vm = `${group}/providers/Microsoft.Compute/virtualMachines/web-1`
const metadata = ['metadata', ['true', 'True', 'false', '']] as const
const imdsPaths = [
  '/metadata/identity/oauth2/token',
  '/metadata/instance',
  '/metadata/instance/compute/tagsList/0/name',
  '/metadata/instance/network/interface/0',
  '/metadata/attested/document',
  '/metadata/scheduledevents',
  '/metadata/loadbalancer',
  '/metadata/versions',
  '/metadata/identity/info',
  '/metadata/identity/getplatformmetadata',
  '/oauth2/token',
]

const vault = 'resource=https://vault.azure.net'
/** Where it is not that of the metadata service. */
const goodQuery: Readonly<Partial<Record<string, string>>> = {
  'app-service': `api-version=2019-08-01&${vault}`,
  'app-service-2017': `api-version=2017-09-01&${vault}`,
  functions: `api-version=2019-08-01&${vault}`,
  'container-apps': `api-version=2019-08-01&${vault}`,
  arc: `api-version=2020-06-01&${vault}`,
  'service-fabric': `api-version=2019-07-01-preview&${vault}`,
  'azure-ml': `api-version=2017-09-01&${vault}`,
}

/** A platform with a machine of every host, and every endpoint that it has. */
export async function openTargets(arcKeyDirectory: string) {
  const platform = await startTestPlatform(hostWorld)
  const sessions: Session[] = []
  const { url, certificateAuthority: ca } = platform
  const tenant = platform.platform.tenantId
  const targets: Target[] = []
  for (const machine of hostKinds.filter((kind) => kind !== 'aks')) {
    const session = await openSession(platform.platform, {
      machine,
      resourceGroup: undefined,
      application: undefined,
      arcKeyDirectory,
    })
    sessions.push(session)
    const { environment, proxyUrl, machineId } = session.facts
    const facts = await platform.platform.machineFacts(machineId)
    const holders = new Set(facts?.identities.map(({ principal }) => principal.objectId))
    const secret = environment['IDENTITY_HEADER'] ?? environment['MSI_SECRET'] ?? ''
    const at = new URL(
      environment['IDENTITY_ENDPOINT'] ?? environment['MSI_ENDPOINT'] ?? `${proxyUrl}/metadata/identity/oauth2/token`,
    )
    targets.push({
      name: machine,
      origin: at.origin,
      ca,
      holders,
      paths: machine === 'vm' || machine === 'vm-extension' ? imdsPaths : [at.pathname, '/metadata/identity/oauth2/token'],
      query: goodQuery[machine] ?? 'api-version=2018-02-01&resource=https://management.azure.com/',
      headers: [
        // The proxy of a machine knows by it which endpoint is meant.
        ...(machine === 'vm' ? [['host', ['169.254.169.254']] as const] : []),
        metadata,
        ['x-identity-header', [secret, 'x']],
        ['secret', [secret, 'x']],
        ['authorization', ['Basic x', 'Basic ', 'Bearer x']],
      ],
    })
  }
  const tokenPaths = [`/${tenant}/oauth2/v2.0/token`, `/${tenant}/oauth2/token`, '/common/oauth2/v2.0/token']
  const discovery = [
    `/${tenant}/v2.0/.well-known/openid-configuration`,
    '/common/discovery/instance',
    `/${tenant}/discovery/keys`,
  ]
  const resources = [
    '/subscriptions',
    '/tenants',
    group,
    vm,
    `${group}/resources`,
    `${vm}/providers/Microsoft.Authorization/roleAssignments`,
  ]
  const [web] = await platform.platform.findMachines('web-1', undefined)
  const caller = (await platform.platform.machineFacts(web?.id ?? ''))?.identities[0]?.principal
  if (!caller) throw new Error('web-1 has no identity')
  const resource = 'https://management.azure.com/'
  const own = await platform.platform.authority.issue({ principal: caller, resource })
  const ofGraph = await platform.platform.authority.issue({ principal: caller, resource: 'https://graph.microsoft.com/' })
  const signed = await platform.platform.authority.signClaims({ aud: 'https://management.azure.com/', iss: 'x', exp: 4e9 })
  const bearer = (token: string) => ['authorization', [`Bearer ${token}`, 'Bearer x', `Bearer ${signed}`, 'Bearer']] as const
  const pod = await openSession(platform.platform, { machine: 'aks', resourceGroup: undefined, application: undefined })
  sessions.push(pod)
  const projected = Buffer.from(pod.facts.projectedToken?.split('.')[1] ?? '', 'base64url').toString()
  const issuer = new URL((JSON.parse(projected) as { iss: string }).iss)
  const portal = await platform.platform.listenPortal({ port: 0 })
  const shared = { origin: url, ca, holders: undefined }
  targets.push(
    {
      ...shared,
      name: 'token-endpoint',
      query: `grant_type=client_credentials&client_id=${caller.clientId}&resource=${resource}`,
      paths: [...tokenPaths, ...discovery],
      headers: [['authorization', ['Basic eDp4']]],
    },
    {
      ...shared,
      name: 'resource-manager',
      query: 'api-version=2022-12-01',
      paths: [...resources, '/metadata/endpoints', '/providers'],
      headers: [bearer(own.accessToken)],
    },
    {
      ...shared,
      name: 'graph',
      query: '$top=5',
      paths: [
        '/v1.0/servicePrincipals',
        '/v1.0/users',
        '/v1.0/users/administrator@lanyard.local',
        '/v1.0/directoryObjects/getByIds',
        '/v1.0/me',
        '/beta/me',
      ],
      headers: [bearer(ofGraph.accessToken)],
    },
    {
      ...shared,
      name: 'workload-issuer',
      query: '',
      paths: [`${issuer.pathname}.well-known/openid-configuration`, `${issuer.pathname}openid/v1/jwks`, issuer.pathname],
      headers: [['host', [issuer.host]]],
    },
    {
      ...shared,
      name: 'portal',
      origin: portal.url,
      query: new URLSearchParams({
        client_id: 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c',
        redirect_uri: `${portal.url}/`,
        response_type: 'code',
        scope: 'https://management.azure.com/.default openid offline_access',
        code_challenge: 'a'.repeat(43),
        code_challenge_method: 'S256',
      }).toString(),
      paths: [
        ...['authorize', 'token', 'logout'].map((last) => `/${tenant}/oauth2/v2.0/${last}`),
        '/organizations/oauth2/v2.0/authorize',
        `/${tenant}/login`,
        '/common/userrealm/administrator@lanyard.local',
        '/',
        '/assets/index.js',
      ],
      headers: [
        ['origin', [portal.url, 'null', 'http://evil.example']],
        ['sec-fetch-site', ['same-origin', 'cross-site', 'none']],
      ],
    },
  )
  const close = async () => {
    await portal.close()
    await Promise.all(sessions.map((session) => session.close()))
    await platform.close()
  }
  return { targets, close }
}
