import type { DirectoryStore } from './directory-store.ts'
import type { ServicePrincipal } from './service-principal.ts'

export interface NewManagedPrincipal {
  readonly kind: 'systemAssigned' | 'userAssigned'
  /** ARM id, as written, of the host resource or of the user-assigned identity. */
  readonly managedBy: string
  readonly displayName: string
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly newGuid: () => string
}

/**
 * Creates the service principal of a managed identity, with an object id and a client id of its own.
 * Call it with the store of the transaction that saves the resource, so that neither exists without the other.
 */
export async function createManagedPrincipal(store: DirectoryStore, options: NewManagedPrincipal): Promise<ServicePrincipal> {
  const principal: ServicePrincipal = {
    objectId: options.newGuid().toLowerCase(),
    clientId: options.newGuid().toLowerCase(),
    displayName: options.displayName,
    kind: options.kind,
    managedBy: options.managedBy,
    createdAt: options.now,
  }
  await store.insertServicePrincipal(principal)
  return principal
}
