import { describeIdentity } from './describe-identity.ts'
import { ResourceNotFoundError } from './errors.ts'
import { createGenericResources, type GenericResourceOptions } from './generic-resources.ts'
import type { Resources } from './operations.ts'
import { requireAssignable } from './assignable-scope.ts'
import { requireResource } from './required-resource.ts'
import { provenScope } from './required-proof.ts'
import { createResourceGroups } from './resource-groups.ts'
import { createSubscriptions } from './subscriptions.ts'

/** What Resource Manager holds, over the stores of `unitOfWork`. Every change is one transaction. */
export function createResources(options: GenericResourceOptions): Resources {
  const { unitOfWork } = options
  return {
    ...createSubscriptions(unitOfWork),
    ...createResourceGroups(unitOfWork),
    ...createGenericResources(options),

    describeIdentity: (resource) => describeIdentity(unitOfWork.stores.directory, resource),

    async requireScope(authorized) {
      const { resources, directory } = unitOfWork.stores
      await requireAssignable(resources, directory, provenScope(authorized))
    },

    async getSystemIdentity(authorized) {
      const scope = provenScope(authorized)
      const { resources, directory } = unitOfWork.stores
      const { identity, location } = await requireResource(resources, scope)
      const principal =
        identity?.systemAssigned === undefined ? undefined : await directory.findServicePrincipal(identity.systemAssigned)
      if (!principal) throw new ResourceNotFoundError(scope)
      return { tenantId: await directory.tenantId(), principalId: principal.objectId, clientId: principal.clientId, location }
    },
  }
}
