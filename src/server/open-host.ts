import { randomBytes, X509Certificate } from 'node:crypto'
import type { CertificateAuthority } from '../gateway/certificate-authority.ts'
import type { Gateway, Listener } from '../gateway/create-gateway.ts'
import type { Endpoint } from '../http/endpoint.ts'
import type { MachineFacts } from '../machines/machine.ts'
import { appService2017 } from '../metadata-endpoint/hosts/app-service-2017.ts'
import { appService2019, appServiceAnswerer, appServicePath } from '../metadata-endpoint/hosts/app-service.ts'
import { arcKeyDirectory, createArcKeys } from '../metadata-endpoint/hosts/arc-keys.ts'
import { arcAnswerer, arcPath } from '../metadata-endpoint/hosts/arc.ts'
import { azureMl } from '../metadata-endpoint/hosts/azure-ml.ts'
import { answerCloudShell, cloudShellPath } from '../metadata-endpoint/hosts/cloud-shell.ts'
import type { HostAnswerer } from '../metadata-endpoint/hosts/host-answerer.ts'
import { serviceFabricAnswerer, serviceFabricPath } from '../metadata-endpoint/hosts/service-fabric.ts'
import { vmExtensionPath } from '../metadata-endpoint/vm-extension.ts'
import { usualExtensionPort } from '../resources/compute/virtual-machine-extension.ts'
import { hostKindOf, serviceAccountTag, type HostKind } from '../resources/host-kind.ts'
import type { Resource } from '../resources/resource.ts'
import type { ServiceAccount } from '../workload-issuer/service-account-token.ts'
import { followExtension, type ExtensionSource, type FollowedExtension } from './follow-extension.ts'
import type { ProjectedToken } from './projected-token.ts'

/** The listeners of one host, and what its code is told of them. */
export interface OpenHost {
  readonly kind: HostKind
  /** Variables that the host gives its code. */
  readonly environment: Readonly<Record<string, string>>
  /** The token that a cluster projects into its pods, which their file must hold; undefined on other hosts. */
  readonly projectedToken: string | undefined
  /** The managed-identity extension; undefined on hosts that are no virtual machine. */
  readonly extension: FollowedExtension | undefined
  /** Ports of this machine that are the host's own. */
  readonly ownPorts: readonly number[]
  /** Whether the machine has the instance metadata service. */
  readonly hasImds: boolean
  close(): Promise<void>
}

/** What a host adds to the listeners that every machine has. */
type Opened = Pick<OpenHost, 'environment' | 'close'> & Partial<Pick<OpenHost, 'extension' | 'projectedToken' | 'ownPorts'>>

/** The platform, as far as its hosts need it. */
export interface HostPlatform extends ExtensionSource {
  readonly gateway: Gateway
  readonly hostEndpoint: (host: HostAnswerer) => Endpoint
  readonly projectToken: (cluster: Resource, serviceAccount: ServiceAccount) => Promise<ProjectedToken>
  readonly machineFacts: (machineId: string) => Promise<MachineFacts | undefined>
  readonly tenantId: string
  readonly newGuid: () => string
  readonly certificates: Pick<CertificateAuthority, 'certificate'>
}

interface HostRequest {
  readonly platform: HostPlatform
  readonly machine: Resource
  /** Where the key files of Azure Arc are written; undefined for the place where its clients look. */
  readonly arcKeyDirectory: string | undefined
}

/** What each host opens. Those that stand together speak the same protocol and differ in the variables that name them. */
const open: Readonly<Record<HostKind, (request: HostRequest) => Promise<Opened>>> = {
  vm: openVm,
  'vm-extension': openVmExtension,
  'app-service': (request) => openAppService(request, siteVariables),
  'app-service-2017': openAppService2017,
  functions: (request) => openAppService(request, siteVariables),
  'container-apps': (request) => openAppService(request, (name) => ({ CONTAINER_APP_NAME: name })),
  arc: openArc,
  'cloud-shell': openCloudShell,
  'service-fabric': openServiceFabric,
  'azure-ml': openAzureMl,
  aks: openAks,
}

const withImds: ReadonlySet<HostKind> = new Set(['vm', 'vm-extension', 'service-fabric', 'aks'])

/**
 * Opens what the host of a machine is asked for tokens by.
 * @param arcKeys where the key files of Azure Arc are written; the place where its clients look when left out
 * @throws Error with a sentence for the user when the host cannot be played here
 */
export async function openHost(platform: HostPlatform, machine: Resource, arcKeys?: string): Promise<OpenHost> {
  const kind = hostKindOf(machine) ?? 'vm'
  const opened = await open[kind]({ platform, machine, arcKeyDirectory: arcKeys })
  return { extension: undefined, projectedToken: undefined, ownPorts: [], ...opened, kind, hasImds: withImds.has(kind) }
}

async function openVm({ platform, machine }: HostRequest): Promise<Opened> {
  const extension = await followExtension(platform, machine.id)
  return { environment: {}, extension, close: () => extension.close() }
}

/** A machine of the days when the extension was the only source: its variable leads clients there. */
async function openVmExtension({ platform, machine }: HostRequest): Promise<Opened> {
  const extension = await followExtension(platform, machine.id, { elsewhere: true })
  const { port = usualExtensionPort, listening = port } = extension.state()
  return {
    environment: { MSI_ENDPOINT: local({ port: listening }, vmExtensionPath) },
    extension,
    close: () => extension.close(),
  }
}

async function openAppService(request: HostRequest, named: (name: string) => Record<string, string>): Promise<Opened> {
  const secret = newSecret()
  const listener = await listen(request, appServiceAnswerer([appService2019, appService2017], secret))
  const url = local(listener, appServicePath)
  return {
    environment: {
      IDENTITY_ENDPOINT: url,
      IDENTITY_HEADER: secret,
      MSI_ENDPOINT: url,
      MSI_SECRET: secret,
      ...named(nameOf(request.machine)),
    },
    close: () => listener.close(),
  }
}

async function openAppService2017(request: HostRequest): Promise<Opened> {
  const secret = newSecret()
  const listener = await listen(request, appServiceAnswerer([appService2017], secret))
  return {
    environment: {
      MSI_ENDPOINT: local(listener, appServicePath),
      MSI_SECRET: secret,
      ...siteVariables(nameOf(request.machine)),
    },
    close: () => listener.close(),
  }
}

async function openAzureMl(request: HostRequest): Promise<Opened> {
  const secret = newSecret()
  const facts = await request.platform.machineFacts(request.machine.id)
  const system = facts?.identities.find(({ userAssignedId }) => userAssignedId === undefined)
  const listener = await listen(request, appServiceAnswerer([azureMl], secret))
  return {
    environment: {
      MSI_ENDPOINT: local(listener, appServicePath),
      MSI_SECRET: secret,
      ...(system && { DEFAULT_IDENTITY_CLIENT_ID: system.principal.clientId }),
    },
    close: () => listener.close(),
  }
}

async function openCloudShell({ platform, machine }: HostRequest): Promise<Opened> {
  const endpoint = platform.hostEndpoint({ answer: answerCloudShell, server: undefined })
  const at = (port: number) => platform.gateway.listenEndpoint({ endpoint, machineId: machine.id, port })
  // Some clients do not read the variable: MSAL for Python, and with it az, has this address in its source.
  const listener = (await at(usualExtensionPort).catch(undefinedWhereInUse)) ?? (await at(0))
  return {
    environment: {
      MSI_ENDPOINT: local(listener, cloudShellPath),
      ACC_CLOUD: 'PROD',
      AZUREPS_HOST_ENVIRONMENT: 'cloud-shell/1.0',
    },
    ownPorts: [listener.port],
    close: () => listener.close(),
  }
}

async function openServiceFabric({ platform, machine }: HostRequest): Promise<Opened> {
  const secret = newSecret()
  const endpoint = platform.hostEndpoint({ answer: serviceFabricAnswerer(secret, platform.newGuid), server: undefined })
  const listener = await platform.gateway.listenEndpointTls({ endpoint, machineId: machine.id })
  return {
    environment: {
      IDENTITY_ENDPOINT: `https://localhost:${listener.port}${serviceFabricPath}`,
      IDENTITY_HEADER: secret,
      IDENTITY_SERVER_THUMBPRINT: new X509Certificate(listener.certificate).fingerprint.replaceAll(':', ''),
    },
    close: () => listener.close(),
  }
}

async function openArc(request: HostRequest): Promise<Opened> {
  const directory = request.arcKeyDirectory ?? arcKeyDirectory
  const keys = createArcKeys({ directory, newGuid: request.platform.newGuid, randomBytes })
  await keys.prepare()
  const listener = await listen(request, arcAnswerer(keys))
  return {
    environment: { IDENTITY_ENDPOINT: local(listener, arcPath), IMDS_ENDPOINT: local(listener, '') },
    close: async () => {
      await listener.close()
      await keys.close()
    },
  }
}

/** A pod: its node's metadata service, and the token of its service account in a file (Azure workload identity). */
async function openAks(request: HostRequest): Promise<Opened> {
  const { platform, machine } = request
  const { token, clientId } = await platform.projectToken(machine, serviceAccountOf(machine))
  return {
    close: async () => {},
    projectedToken: token,
    environment: {
      AZURE_TENANT_ID: platform.tenantId,
      AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.com/',
      ...(clientId !== undefined && { AZURE_CLIENT_ID: clientId }),
    },
  }
}

/** The service account that code on a cluster runs as. */
export function serviceAccountOf({ tags }: Resource): ServiceAccount {
  const [namespace = 'default', name = 'default'] = tags?.[serviceAccountTag]?.split(':') ?? []
  return { namespace, name }
}

function listen({ platform, machine }: HostRequest, answer: HostAnswerer['answer']): Promise<Listener> {
  const endpoint = platform.hostEndpoint({ answer, server: undefined })
  return platform.gateway.listenEndpoint({ endpoint, machineId: machine.id, port: 0 })
}

/** Clients compare nothing with the name, and `localhost` is what Azure's own variables hold. */
function local({ port }: Pick<Listener, 'port'>, path: string): string {
  return `http://localhost:${port}${path}`
}

/** Azure CLI 2.45 knows by the second of these that it runs in App Service. */
function siteVariables(name: string): Record<string, string> {
  return { WEBSITE_SITE_NAME: name, APPSETTING_WEBSITE_SITE_NAME: name }
}

function newSecret(): string {
  return randomBytes(32).toString('hex').toUpperCase()
}

function nameOf({ id }: Resource): string {
  return id.split('/').at(-1) ?? ''
}

function undefinedWhereInUse(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
}
