import type { Application } from './application.ts'
import type { ServicePrincipal } from './service-principal.ts'
import type { User } from './user.ts'

/** What the directory needs from storage. Ids are compared in lower case. */
export interface DirectoryStore {
  /** The tenant of this installation, created on first use and the same ever after. */
  tenantId(): Promise<string>
  findServicePrincipal(objectId: string): Promise<ServicePrincipal | undefined>
  findServicePrincipalByClientId(clientId: string): Promise<ServicePrincipal | undefined>
  /** The principal that a resource (by ARM id key, lower case) manages. */
  findServicePrincipalManagedBy(resourceKey: string): Promise<ServicePrincipal | undefined>
  /** Ordered by display name, then object id. */
  listServicePrincipals(): Promise<readonly ServicePrincipal[]>
  /** Fails when the object id or client id exists. */
  insertServicePrincipal(principal: ServicePrincipal): Promise<void>
  /** No effect when it does not exist. */
  deleteServicePrincipal(objectId: string): Promise<void>
  /** Ordered by client id. */
  listApplications(): Promise<readonly Application[]>
  findApplication(clientId: string): Promise<Application | undefined>
  findApplicationByName(displayName: string): Promise<Application | undefined>
  findApplicationByIdentifierUri(uri: string): Promise<Application | undefined>
  /** Inserts, or replaces the application with the same client id. */
  saveApplication(application: Application): Promise<void>
  findUser(objectId: string): Promise<User | undefined>
  /** By user principal name, in any casing. */
  findUserByName(userPrincipalName: string): Promise<User | undefined>
  /** Ordered by display name, then object id. */
  listUsers(): Promise<readonly User[]>
  /** Inserts, or replaces the user with the same object id. Fails when another user has the name, in any casing. */
  saveUser(user: User): Promise<void>
}
