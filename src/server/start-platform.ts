import { randomBytes, randomUUID } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import { createAccessControl } from '../access-control/create-access-control.ts'
import { createDirectory } from '../directory/create-directory.ts'
import { openCertificateAuthority } from '../gateway/certificate-authority.ts'
import { createGateway } from '../gateway/create-gateway.ts'
import { servedHosts } from '../gateway/route.ts'
import { createGraphEndpoint } from '../graph/create-graph-endpoint.ts'
import { createMachineRegistry } from '../machines/create-machine-registry.ts'
import { findMachines } from '../machines/find-machines.ts'
import { createMetadataEndpoint } from '../metadata-endpoint/create-metadata-endpoint.ts'
import { createResourceManager } from '../resource-manager/create-resource-manager.ts'
import { createResources } from '../resources/create-resources.ts'
import { openSqliteStore } from '../store/open-sqlite-store.ts'
import { createTokenEndpoint } from '../token-endpoint/create-token-endpoint.ts'
import { createTokenAuthority } from '../tokens/create-token-authority.ts'
import { isKnownResource } from '../tokens/known-resources.ts'
import { applyWorld } from '../world/apply-world.ts'
import { defaultWorld } from '../world/default-world.ts'
import type { World } from '../world/world-schema.ts'
import { openAdministrator } from './administrator.ts'
import { openDataDirectory } from './data-directory.ts'

export interface PlatformOptions {
  /** Where state is kept; undefined keeps it in memory, and it ends with the process. */
  readonly dataPath: string | undefined
  /** What must exist; undefined applies the default world to an installation that has no subscription yet. */
  readonly world: World | undefined
  /** Refuse hosts that the platform does not serve. */
  readonly offline: boolean
  /** A proxy that the user already had, for the hosts that the platform does not serve. */
  readonly upstreamProxy: string | undefined
  readonly logger: FastifyBaseLogger
  /** Milliseconds since the epoch. */
  readonly clock?: () => number
  readonly newGuid?: () => string
}

/** How long after the start the signing key is made, unless it is asked for earlier; milliseconds. */
const keyDelay = 150

export type Platform = Awaited<ReturnType<typeof startPlatform>>

/**
 * Joins the parts. Nothing listens yet: the caller opens the listeners it wants on `gateway`.
 * @throws DataDirectoryInUseError, DataDirectoryVersionError, WorldFileError
 */
export async function startPlatform(options: PlatformOptions) {
  const { logger, clock = Date.now, newGuid = randomUUID } = options
  const data = options.dataPath === undefined ? undefined : await openDataDirectory(options.dataPath)
  const store = await openSqliteStore({ path: data?.database ?? ':memory:', newGuid })
  try {
    const tenantId = await store.stores.directory.tenantId()
    const directory = createDirectory({ store: store.stores.directory, clock, newGuid, randomBytes })
    const accessControl = createAccessControl({
      assignments: store.stores.roleAssignments,
      clock,
      tenantId,
      principalExists: async (objectId) => (await store.stores.directory.findServicePrincipal(objectId)) !== undefined,
    })
    const resources = createResources({ unitOfWork: store, clock, newGuid })
    const authority = createTokenAuthority({
      tenantId,
      signingKeys: store.signingKeys,
      encryptionKey: data?.encryptionKey ?? randomBytes(32),
      clock,
      newGuid,
    })
    // A command that ends at once never waits for a key; one that lives longer finds it made.
    setTimeout(
      () => void authority.prepare().catch((error: unknown) => logger.error({ err: error }, 'no signing key')),
      keyDelay,
    ).unref()
    const newSecret = () => randomBytes(30).toString('base64url')
    const administrator = await openAdministrator(directory, store, { clock, newGuid, newSecret })
    const world = options.world ?? ((await store.stores.resources.listSubscriptions()).length === 0 ? defaultWorld : undefined)
    if (world) {
      await applyWorld(world, {
        administrator: administrator.caller,
        accessControl,
        resources,
        registerApplication: (application) => directory.registerApplication(application),
        findPrincipalManagedBy: (key) => store.stores.directory.findServicePrincipalManagedBy(key),
      })
    }
    const certificates = await openCertificateAuthority({ directory: data?.path, clock, hosts: servedHosts })
    const isApplicationUri = async (uri: string) =>
      (await store.stores.directory.findApplicationByIdentifierUri(uri)) !== undefined
    const endpointDirectory = {
      ...bind(store.stores.directory),
      authenticateApplication: (clientId: string, secret: string) => directory.authenticateApplication(clientId, secret),
    }
    const gateway = createGateway({
      endpoints: await createEndpoints(),
      certificates,
      logger,
      offline: options.offline,
      ...(options.upstreamProxy !== undefined && { upstreamProxy: options.upstreamProxy }),
    })
    return {
      tenantId,
      administrator,
      /** Whether the default world was just made. */
      isNew: world === defaultWorld,
      gateway,
      certificates,
      authority,
      controlSocket: data?.controlSocket,
      findMachines: (name: string | undefined, group: string | undefined) => findMachines(store, name, group),
      lendSecret,
      close: () => store.close(),
    }

    /** A client secret, good for a day, for an application by name. */
    async function lendSecret(displayName: string): Promise<{ clientId: string; secret: string }> {
      const application = await store.stores.directory.findApplicationByName(displayName)
      if (!application) throw new Error(`There is no application '${displayName}'. Add it to lanyard.yaml under applications.`)
      const secret = newSecret()
      await directory.addSecret(application.clientId, secret, clock() + 24 * 3_600_000)
      return { clientId: application.clientId, secret }
    }

    async function createEndpoints() {
      const metadata = createMetadataEndpoint({
        authority,
        machines: createMachineRegistry({ unitOfWork: store }),
        isKnownResource: (resource) => isKnownResource(resource, isApplicationUri),
        clock,
        logger,
      })
      const [resourceManager, tokenEndpoint, graph] = await Promise.all([
        createResourceManager({ resources, accessControl, authority, directory: endpointDirectory, logger, clock, newGuid }),
        createTokenEndpoint({ authority, directory: endpointDirectory, logger, clock, newGuid }),
        createGraphEndpoint({ authority, directory: endpointDirectory, logger, newGuid }),
      ])
      return { metadata, vmExtension: metadata, resourceManager, tokenEndpoint, graph }
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

/** The methods of a store as plain functions, so that endpoints can be given some of them. */
function bind<T extends object>(store: T): T {
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
