import { isDeepStrictEqual } from 'node:util'
import type { Application, ClientSecret } from './application.ts'
import type { DirectoryStore } from './directory-store.ts'
import { ApplicationConflictError, ApplicationNotFoundError } from './errors.ts'
import type { FederatedCredential } from './federated-credential.ts'
import { hashSecret } from './secret-hash.ts'
import { rememberSecrets } from './secret-memory.ts'
import type { ServicePrincipal } from './service-principal.ts'

/** Milliseconds for which an expired secret stays, so that its user is told that it has expired. */
const keepExpired = 7 * 24 * 3_600_000

export interface NewApplication {
  readonly displayName: string
  /** Undefined takes a new GUID, or keeps the one that the application of this name has. */
  readonly clientId?: string | undefined
  readonly secret?: string | undefined
  /** Undefined keeps those that there are; a list replaces them. */
  readonly identifierUris?: readonly string[] | undefined
  /** PEM; the same rule. */
  readonly certificates?: readonly string[] | undefined
  /** The same rule. */
  readonly federatedCredentials?: readonly FederatedCredential[] | undefined
}

export type ApplicationAuthentication = 'ok' | 'unknown' | 'wrongSecret' | 'expired'

/** The applications of the tenant and every service principal in it. */
export interface Directory {
  /**
   * Makes an application and its service principal exist; the same name again answers with the ones there are, and the
   * secret that it is given is good from then on.
   * @throws ApplicationConflictError
   */
  registerApplication(application: NewApplication): Promise<{ application: Application; principal: ServicePrincipal }>
  /** Whether `secret` is one of the application's. `expired`: it was. */
  authenticateApplication(clientId: string, secret: string): Promise<ApplicationAuthentication>
  /**
   * Adds a secret and answers with its key id.
   * @param expiresAt milliseconds since the epoch; undefined when it does not expire
   * @throws ApplicationNotFoundError
   */
  addSecret(clientId: string, secret: string, expiresAt: number | undefined): Promise<string>
  findPrincipal(objectId: string): Promise<ServicePrincipal | undefined>
  findPrincipalByClientId(clientId: string): Promise<ServicePrincipal | undefined>
  /** By the ARM id, in any casing, of the resource that manages it. */
  findPrincipalManagedBy(resourceId: string): Promise<ServicePrincipal | undefined>
  /** Ordered by display name, then object id. */
  listPrincipals(): Promise<readonly ServicePrincipal[]>
}

export interface DirectoryOptions {
  readonly store: DirectoryStore
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly newGuid: () => string
  readonly randomBytes: (size: number) => Uint8Array
}

/** The directory over a store. Its functions need no `this`. */
export function createDirectory({ store, clock, newGuid, randomBytes }: DirectoryOptions): Directory {
  const isRightSecret = rememberSecrets(randomBytes(32))
  return {
    async registerApplication(wanted) {
      const existing = await store.findApplicationByName(wanted.displayName)
      const clientId = (wanted.clientId ?? existing?.clientId ?? newGuid()).toLowerCase()
      await refuseConflicts(wanted, clientId, existing)
      const secrets = [...(existing?.secrets ?? [])]
      if (wanted.secret !== undefined && (await match(secrets, wanted.secret)) !== 'ok') {
        secrets.push(await newClientSecret(wanted.secret, undefined))
      }
      const identifierUris = wanted.identifierUris ?? existing?.identifierUris ?? []
      const certificates = wanted.certificates ?? existing?.certificates ?? []
      const federatedCredentials = wanted.federatedCredentials ?? existing?.federatedCredentials ?? []
      const { displayName } = wanted
      const application: Application = { clientId, displayName, identifierUris, secrets, certificates, federatedCredentials }
      if (!isDeepStrictEqual(application, existing)) await store.saveApplication(application)
      return { application, principal: await ensurePrincipal(application) }
    },

    async authenticateApplication(clientId, secret) {
      const application = await store.findApplication(clientId.toLowerCase())
      return application ? match(application.secrets, secret) : 'unknown'
    },

    async addSecret(clientId, secret, expiresAt) {
      const application = await store.findApplication(clientId.toLowerCase())
      if (!application) throw new ApplicationNotFoundError(clientId)
      const added = await newClientSecret(secret, expiresAt)
      const kept = application.secrets.filter((one) => one.expiresAt === undefined || one.expiresAt + keepExpired > clock())
      await store.saveApplication({ ...application, secrets: [...kept, added] })
      return added.keyId
    },

    findPrincipal: (objectId) => store.findServicePrincipal(objectId.toLowerCase()),
    findPrincipalByClientId: (clientId) => store.findServicePrincipalByClientId(clientId.toLowerCase()),
    findPrincipalManagedBy: (resourceId) => store.findServicePrincipalManagedBy(resourceId.toLowerCase()),
    listPrincipals: () => store.listServicePrincipals(),
  }

  async function refuseConflicts(wanted: NewApplication, clientId: string, existing: Application | undefined): Promise<void> {
    if (existing && existing.clientId.toLowerCase() !== clientId) {
      throw new ApplicationConflictError(
        `The application '${wanted.displayName}' has the client id ${existing.clientId}, not ${clientId}.`,
      )
    }
    if (!existing) {
      const named = await store.findApplication(clientId)
      const holder = await store.findServicePrincipalByClientId(clientId)
      if (named ?? holder) {
        throw new ApplicationConflictError(`The client id ${clientId} belongs to '${(named ?? holder)?.displayName ?? ''}'.`)
      }
    }
    for (const uri of wanted.identifierUris ?? []) {
      const owner = await store.findApplicationByIdentifierUri(uri)
      if (owner && owner.clientId.toLowerCase() !== clientId) {
        throw new ApplicationConflictError(`The identifier URI ${uri} belongs to '${owner.displayName}'.`)
      }
    }
  }

  async function ensurePrincipal({ clientId, displayName }: Application): Promise<ServicePrincipal> {
    const existing = await store.findServicePrincipalByClientId(clientId)
    if (existing) return existing
    const objectId = newGuid().toLowerCase()
    const principal: ServicePrincipal = {
      objectId,
      clientId,
      displayName,
      kind: 'application',
      managedBy: undefined,
      createdAt: clock(),
    }
    await store.insertServicePrincipal(principal)
    return principal
  }

  async function newClientSecret(secret: string, expiresAt: number | undefined): Promise<ClientSecret> {
    return { keyId: newGuid(), hash: await hashSecret(secret, randomBytes(16)), expiresAt }
  }

  /** A secret that is there twice, expired and not, is good. */
  async function match(secrets: readonly ClientSecret[], secret: string): Promise<'ok' | 'wrongSecret' | 'expired'> {
    let expired = false
    for (const one of secrets) {
      if (!(await isRightSecret(one.hash, secret))) continue
      if (one.expiresAt === undefined || one.expiresAt > clock()) return 'ok'
      expired = true
    }
    return expired ? 'expired' : 'wrongSecret'
  }
}
