import { randomBytes, X509Certificate } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import type { AccessControl } from '../access-control/access-control.ts'
import type { ServicePrincipal } from '../directory/service-principal.ts'
import { federatedCredentialsOf, ownIssuers } from './federation.ts'
import type { Directory } from '../directory/create-directory.ts'
import type { Users } from '../directory/create-users.ts'
import type { CertificateAuthority } from '../gateway/certificate-authority.ts'
import { authorityCertificatePath, type EndpointName } from '../gateway/route.ts'
import type { Endpoint } from '../http/endpoint.ts'
import { createMachineRegistry } from '../machines/create-machine-registry.ts'
import {
  createHostEndpoint,
  createMetadataEndpoint,
  createVmExtensionEndpoint,
} from '../metadata-endpoint/create-metadata-endpoint.ts'
import type { HostAnswerer } from '../metadata-endpoint/hosts/host-answerer.ts'
import { createScheduledEvents } from '../resources/compute/scheduled-events.ts'
import type { Logs } from '../logs/create-logs.ts'
import { describeIdentity } from '../metadata-endpoint/answer-recorded.ts'
import type { RequestMachineToken } from '../resource-manager/token-requests.ts'
import type { Resources } from '../resources/operations.ts'
import type { Store } from '../store/open-sqlite-store.ts'
import { isKnownResource } from '../tokens/known-resources.ts'
import type { TokenAuthority } from '../tokens/token-authority.ts'
import { builtPortal } from './built-portal.ts'
import { endpointOnDemand } from './endpoint-on-demand.ts'
import type { openFaults } from './open-faults.ts'
import { visibleSignIns } from './visible-sign-ins.ts'
import { watchedEndpoint, type SeenRequest } from './watched-endpoint.ts'

export interface EndpointParts {
  readonly store: Store
  readonly directory: Directory
  readonly users: Users
  readonly accessControl: AccessControl
  readonly resources: Resources
  readonly authority: TokenAuthority
  readonly logger: FastifyBaseLogger
  /** Ask no other host. */
  readonly offline: boolean
  readonly certificates: CertificateAuthority
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly newGuid: () => string
  /** Where the portal is being served. */
  readonly portalOrigins: () => readonly string[]
  readonly faults: ReturnType<typeof openFaults>
  readonly logs: Logs
  /** Asks a machine's own token source. */
  readonly requestMachineToken: RequestMachineToken
  readonly onRequest?: ((request: SeenRequest, isOver: boolean) => void) | undefined
}

export interface Endpoints {
  readonly byName: Readonly<Record<EndpointName, Endpoint>>
  /** The token endpoint of a host that is no virtual machine. */
  readonly ofHost: (host: HostAnswerer) => Endpoint
  /** Makes those that are made on demand, so that the first request does not wait. */
  prepare(): Promise<void>
}

/** The certificate that vouches for the others, DER, where attested documents say that it is. */
function authorityCertificate({ certificate }: CertificateAuthority): Endpoint {
  return (request, response) => {
    const isThere = request.url?.split('?', 1)[0] === authorityCertificatePath
    response.writeHead(isThere ? 200 : 404, { 'content-type': 'application/pkix-cert' })
    response.end(isThere ? new X509Certificate(certificate).raw : undefined)
  }
}

/** The endpoints over the domain. */
export function openEndpoints(parts: EndpointParts): Endpoints {
  const { store, authority, logger, clock, newGuid, onRequest, logs } = parts
  const { faults, hasArrived, holderExists } = parts.faults
  const stored = store.stores.directory
  const directory = {
    ...stored,
    authenticateApplication: (clientId: string, secret: string) => parts.directory.authenticateApplication(clientId, secret),
    certificatesOf: async ({ clientId }: ServicePrincipal) => (await stored.findApplication(clientId))?.certificates ?? [],
    federatedCredentialsOf: (principal: ServicePrincipal) => federatedCredentialsOf(principal, store.stores),
  }
  const { isClusterIssuer, isOwnIssuer } = ownIssuers(authority.tenantId, store.stores)
  const { recorder } = logs
  const shared = { ...parts, directory, holderExists, recorder }
  const watching = { faults, onRequest, recorder, clock, newGuid }
  const scheduledEvents = createScheduledEvents(clock, newGuid)
  const machines = createMachineRegistry({ unitOfWork: store, hasArrived })
  const metadataOptions = {
    authority,
    recorder,
    newGuid,
    machines,
    events: scheduledEvents,
    sign: async (content: Uint8Array) => {
      const { signDocument } = await import('../gateway/document-signer.ts')
      return signDocument(content, await parts.certificates.documentCertificate())
    },
    isKnownResource: (resource: string) => isKnownResource(resource, stored),
    clock,
    logger,
    revision: () => store.revision() + faults.revision(),
  }
  const onDemand = {
    resourceManager: endpointOnDemand(async () => {
      const { createResourceManager } = await import('../resource-manager/create-resource-manager.ts')
      return createResourceManager({
        ...shared,
        scheduledEvents,
        latestChanges: async () => ({ revision: store.revision(), logs: await logs.revision() }),
        nameOf: async (objectId) =>
          (await stored.findServicePrincipal(objectId))?.displayName ?? (await stored.findUser(objectId))?.userPrincipalName,
        identitiesOf: async (machineId) =>
          ((await machines.facts({ resourceId: machineId }))?.identities ?? []).map(describeIdentity),
      })
    }, logger),
    tokenEndpoint: endpointOnDemand(async () => {
      const { createTokenEndpoint } = await import('../token-endpoint/create-token-endpoint.ts')
      const { findIssuerKeys } = await import('../token-endpoint/issuer-keys.ts')
      const publishedKeys = () => authority.publishedKeys()
      const fetchDocument = parts.offline ? undefined : fetch
      return createTokenEndpoint({
        ...shared,
        randomBytes,
        findIssuerKeys: findIssuerKeys({ isOwnIssuer, publishedKeys, fetchDocument, clock }),
      })
    }, logger),
    workloadIssuer: endpointOnDemand(async () => {
      const { createWorkloadIssuer } = await import('../workload-issuer/create-workload-issuer.ts')
      return createWorkloadIssuer({ isIssuer: isClusterIssuer, publishedKeys: () => authority.publishedKeys(), logger })
    }, logger),
    graph: endpointOnDemand(async () => {
      const { createGraphEndpoint } = await import('../graph/create-graph-endpoint.ts')
      return createGraphEndpoint({ ...shared, visibleSignIns: visibleSignIns(parts.accessControl) })
    }, logger),
    portal: endpointOnDemand(async () => {
      const { createPortalEndpoint } = await import('../portal-endpoint/create-portal-endpoint.ts')
      return createPortalEndpoint({ directory: builtPortal(), tenantId: authority.tenantId, randomBytes, logger })
    }, logger),
  }
  return {
    byName: {
      metadata: watchedEndpoint('metadata', createMetadataEndpoint(metadataOptions), watching),
      vmExtension: watchedEndpoint('metadata', createVmExtensionEndpoint(metadataOptions), watching),
      resourceManager: watchedEndpoint('resource-manager', onDemand.resourceManager.endpoint, watching),
      tokenEndpoint: watchedEndpoint('token-endpoint', onDemand.tokenEndpoint.endpoint, watching),
      graph: watchedEndpoint('graph', onDemand.graph.endpoint, watching),
      workloadIssuer: onDemand.workloadIssuer.endpoint,
      authorityCertificate: authorityCertificate(parts.certificates),
      portal: onDemand.portal.endpoint,
    },
    ofHost: (host) => watchedEndpoint('metadata', createHostEndpoint(host, metadataOptions), watching),
    async prepare() {
      const { portal: _onlyWhenOpened, ...others } = onDemand
      await Promise.all(Object.values(others).map((each) => each.prepare()))
    },
  }
}
