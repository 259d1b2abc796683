import type { DirectoryStore } from '../directory/directory-store.ts'
import type { ServicePrincipal } from '../directory/service-principal.ts'
import type { EntityView } from './entity.ts'
import { viewServicePrincipal } from './service-principal-view.ts'

/** What Graph needs of the directory. */
export type GraphDirectory = Pick<
  DirectoryStore,
  | 'findServicePrincipal'
  | 'findServicePrincipalByClientId'
  | 'listServicePrincipals'
  | 'findApplication'
  | 'listApplications'
  | 'findUser'
  | 'findUserByName'
  | 'listUsers'
>

/** The service principals of the tenant as Graph shows them. */
export interface ServicePrincipals {
  find(objectId: string): Promise<EntityView | undefined>
  findByClientId(clientId: string): Promise<EntityView | undefined>
  /** Ordered by display name, then object id. */
  list(): Promise<readonly EntityView[]>
}

export function readServicePrincipals(directory: GraphDirectory, tenantId: string): ServicePrincipals {
  const view = async (principal: ServicePrincipal | undefined) => {
    if (!principal) return undefined
    const application = principal.kind === 'application' ? await directory.findApplication(principal.clientId) : undefined
    return viewServicePrincipal(principal, application, tenantId)
  }
  return {
    find: async (objectId) => view(await directory.findServicePrincipal(objectId)),
    findByClientId: async (clientId) => view(await directory.findServicePrincipalByClientId(clientId)),
    async list() {
      const [principals, applications] = await Promise.all([directory.listServicePrincipals(), directory.listApplications()])
      const byClientId = new Map(applications.map((application) => [application.clientId, application]))
      return principals.map((principal) => viewServicePrincipal(principal, byClientId.get(principal.clientId), tenantId))
    },
  }
}
