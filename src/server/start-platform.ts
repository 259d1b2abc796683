import { randomBytes, randomUUID } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import type { NewApplication } from '../directory/create-directory.ts'
import { openCertificateAuthority } from '../gateway/certificate-authority.ts'
import { createGateway, type Listener } from '../gateway/create-gateway.ts'
import { portalOrigins } from '../gateway/portal-listener.ts'
import { servedHosts } from '../gateway/route.ts'
import type { ProxyForUrl } from '../gateway/upstream-proxy.ts'
import { createMachineRegistry } from '../machines/create-machine-registry.ts'
import { createAddressBook } from '../machines/address-book.ts'
import { findMachines } from '../machines/find-machines.ts'
import { managedIdentityPort } from '../resources/compute/virtual-machine-extension.ts'
import { clusterIssuer } from '../resources/container-service/managed-cluster.ts'
import type { Resource } from '../resources/resource.ts'
import { exchangeAudience } from '../directory/federated-credential.ts'
import { createSignInCode } from '../directory/sign-in-code.ts'
import { serviceAccountClaims, type ServiceAccount } from '../workload-issuer/service-account-token.ts'
import { openSqliteStore } from '../store/open-sqlite-store.ts'
import { createTokenAuthority } from '../tokens/create-token-authority.ts'
import type { IssuedToken } from '../tokens/token-authority.ts'
import { applyWorld } from '../world/apply-world.ts'
import { defaultWorld } from '../world/default-world.ts'
import type { PlaceOf } from '../world/world-file-error.ts'
import type { World } from '../world/world-schema.ts'
import { identityFederatedWith } from './federation.ts'
import { createMovableClock } from '../faults/movable-clock.ts'
import { openAdministrator } from './administrator.ts'
import { openLogs } from './open-logs.ts'
import { openFaults } from './open-faults.ts'
import type { RequestMachineToken } from '../resource-manager/token-requests.ts'
import type { HostPlatform } from './open-host.ts'
import type { ProjectedToken } from './projected-token.ts'
import type { SeenRequest } from './watched-endpoint.ts'
import { openDataDirectory, requireOwnKey } from './data-directory.ts'
import { toMilliseconds } from '../faults/duration.ts'
import { recordWorld, rememberAuthorized } from './world-activity.ts'
import { openDomain, withinTransaction } from './open-domain.ts'
import { openEndpoints } from './open-endpoints.ts'

export interface PlatformOptions {
  /** Where state is kept; undefined keeps it in memory, and it ends with the process. */
  readonly dataPath: string | undefined
  /** What must exist; undefined applies the default world to an installation that has no subscription yet. */
  readonly world: World | undefined
  /** Says where in its file something of `world` stands, for messages. */
  readonly worldPlaceOf?: PlaceOf | undefined
  /** Refuse hosts that the platform does not serve. */
  readonly offline: boolean
  /** The proxies that the user already had, for the hosts that the platform does not serve. */
  readonly proxyForUrl: ProxyForUrl
  readonly logger: FastifyBaseLogger
  /** Milliseconds since the epoch. */
  readonly clock?: () => number
  readonly newGuid?: () => string
  /** Told of each request when it comes, and again when it is over. */
  readonly onRequest?: (request: SeenRequest, isOver: boolean) => void
}

/** How long after the start the signing key and the control plane are made, unless they are asked for earlier; milliseconds. */
const preparationDelay = 150

export type Platform = Awaited<ReturnType<typeof startPlatform>>

/**
 * Joins the parts. Nothing listens yet: the caller opens the listeners it wants on `gateway`.
 * @throws DataDirectoryInUseError, DataDirectoryVersionError, DataDirectoryUnusableError, WorldFileError
 */
export async function startPlatform(options: PlatformOptions) {
  const { logger, clock: realClock = Date.now, newGuid = randomUUID, onRequest } = options
  const movableClock = createMovableClock(realClock)
  const clock = () => movableClock.now()
  const data = options.dataPath === undefined ? undefined : await openDataDirectory(options.dataPath)
  const store = await openSqliteStore({ path: data?.database ?? ':memory:', newGuid }).catch((error: unknown) => {
    data?.release()
    throw error
  })
  const logs = openLogs({ directory: data?.path, clock, logger })
  const closeStore = async () => {
    await logs.close()
    await store.close()
    data?.release()
  }
  try {
    const tenantId = await store.stores.directory.tenantId()
    const faults = openFaults(store, clock)
    const signInCode = createSignInCode(randomBytes)
    const { directory, users, accessControl, resources } = openDomain({
      unitOfWork: store,
      tenantId,
      clock,
      newGuid,
      isSignInCode: (text) => signInCode.matches(text),
      distortions: faults.domain,
    })
    const honestAuthority = createTokenAuthority({
      tenantId,
      signingKeys: store.signingKeys,
      encryptionKey: data?.encryptionKey ?? randomBytes(32),
      clock,
      newGuid,
    })
    if (data) await requireOwnKey(honestAuthority, data)
    const authority = faults.distort(honestAuthority)
    const newSecret = () => randomBytes(30).toString('base64url')
    // Hashing the administrator's secret keeps another thread busy; making certificates keeps this one.
    const [administrator, certificates] = await Promise.all([
      openAdministrator({ directory, users, store, clock, newGuid, newSecret }),
      // By the real clock: clients look at certificates by theirs, which nobody moves.
      openCertificateAuthority({ directory: data?.path, clock: realClock, hosts: servedHosts, logger }),
    ])
    const world = options.world ?? ((await store.stores.resources.listSubscriptions()).length === 0 ? defaultWorld : undefined)
    if (world) {
      // In one transaction, so that a world that cannot be applied, or a process that is killed here, leaves nothing half made.
      const applied = await store.transaction(async (stores) => {
        const domain = openDomain({ unitOfWork: withinTransaction(stores), tenantId, clock, newGuid })
        const { authorized, accessControl: remembering } = rememberAuthorized(domain.accessControl)
        const target = {
          ...domain,
          accessControl: remembering,
          registerApplication: (application: NewApplication) => domain.directory.registerApplication(application),
          administrator: administrator.caller,
          stores,
        }
        await applyWorld(world, target, options.worldPlaceOf)
        return authorized
      })
      recordWorld(applied, logs.recorder, { time: clock(), newGuid })
      for (const fault of world.faults ?? []) faults.faults.add(fault)
      if (world.logs) logs.keepFor(toMilliseconds(world.logs.keep))
    }
    const { offline } = options
    const portals = new Set<number>()
    const domain = { store, directory, users, accessControl, resources, authority }
    const requestMachineToken: RequestMachineToken = async (machine, demand) => {
      // Only here: few platforms are ever asked.
      const { requestMachineToken: ask } = await import('./token-trial/request-machine-token.ts')
      return ask({ ...hosts, tokenEndpoint: endpoints.byName.tokenEndpoint }, machine, demand)
    }
    const endpoints = openEndpoints({
      ...domain,
      certificates,
      offline,
      logger,
      clock,
      newGuid,
      portalOrigins: () => [...portals].flatMap(portalOrigins),
      faults,
      onRequest,
      logs,
      requestMachineToken,
    })
    // A command that ends at once never waits for a key or for the control plane; one that lives longer finds them made.
    let isClosed = false
    const preparation = setTimeout(() => {
      Promise.all([authority.prepare(), endpoints.prepare()]).catch((error: unknown) => {
        // Nobody waits for a key while a platform ends, and one that is made then finds the store closed.
        if (!isClosed) logger.error({ err: error }, 'not prepared')
      })
    }, preparationDelay).unref()
    const gateway = createGateway({
      endpoints: endpoints.byName,
      certificates,
      logger,
      offline: options.offline,
      proxyForUrl: options.proxyForUrl,
    })
    const hosts: HostPlatform = {
      tenantId,
      gateway,
      hostEndpoint: endpoints.ofHost,
      projectToken,
      machineFacts: (machineId) => createMachineRegistry({ unitOfWork: store }).facts({ resourceId: machineId }),
      extensionPort: (machineId) => managedIdentityPort(store.stores.resources, machineId.toLowerCase()),
      onWrite: (follower) => store.follow(follower),
      logger,
      newGuid,
      certificates,
    }
    return {
      ...hosts,
      listenPortal,
      administrator,
      /** Whether the default world was just made. */
      isNew: world === defaultWorld,
      faults: faults.faults,
      clock: movableClock,
      certificates,
      authority,
      controlSocket: data?.controlSocket,
      addressBook: createAddressBook({ unitOfWork: store, revision: () => store.revision() }),
      findMachines: (name: string | undefined, group: string | undefined) => findMachines(store, name, group),
      lendSecret,
      /** The code by which users without a password sign in from now on, the administrator first of all; the one before it is void. */
      renewSignInCode: () => signInCode.renew(),
      issueAdministratorToken,
      close: async () => {
        isClosed = true
        clearTimeout(preparation)
        await closeStore()
      },
    }

    /** Serves the portal; users may be signed in to it from then on. */
    async function listenPortal(wanted: { readonly port: number }): Promise<Listener> {
      const listener = await gateway.listenPortal(wanted)
      portals.add(listener.port)
      return {
        ...listener,
        close: async () => {
          portals.delete(listener.port)
          await listener.close()
        },
      }
    }

    /** What a cluster projects into the pods of a service account: its token, and the identity that takes it. */
    async function projectToken(cluster: Resource, serviceAccount: ServiceAccount): Promise<ProjectedToken> {
      const issuer = clusterIssuer(cluster.properties)
      if (issuer === undefined) {
        throw new Error(`The cluster ${cluster.id} has no issuer: set oidcIssuerProfile.enabled among its properties.`)
      }
      const now = Math.floor(clock() / 1000)
      const claims = serviceAccountClaims({ issuer, serviceAccount, audience: exchangeAudience, now, newGuid })
      return {
        token: await authority.signClaims(claims),
        clientId: await identityFederatedWith({ issuer, subject: claims.sub }, store.stores),
      }
    }

    /** A token of the installation's administrator. @param wanted its audience, and its lifetime in seconds */
    async function issueAdministratorToken(wanted: { resource: string; lifetimeSeconds: number }): Promise<IssuedToken> {
      const principal = await store.stores.directory.findServicePrincipal(administrator.caller.objectId)
      if (!principal) throw new Error('This installation has no administrator any more.')
      const token = await authority.issue({ ...wanted, principal })
      const requestId = newGuid()
      logs.recorder.signIn({
        time: clock(),
        requestId,
        correlationId: requestId,
        principal: { ...principal, userPrincipalName: undefined },
        clientId: principal.clientId,
        machineId: undefined,
        resource: wanted.resource,
        failure: undefined,
        method: 'controlSocket',
        isInteractive: false,
        ipAddress: undefined,
        userAgent: undefined,
        payload: token.accessToken.split('.', 2)[1],
      })
      return token
    }

    /** A client secret, good for a day, for an application by name. */
    async function lendSecret(displayName: string): Promise<{ clientId: string; secret: string }> {
      const application = await store.stores.directory.findApplicationByName(displayName)
      if (!application) throw new Error(`There is no application '${displayName}'. Add it to lanyard.yaml under applications.`)
      const secret = newSecret()
      await directory.addSecret(application.clientId, secret, clock() + 24 * 3_600_000)
      return { clientId: application.clientId, secret }
    }
  } catch (error) {
    await closeStore()
    throw error
  }
}
