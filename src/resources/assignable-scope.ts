import type { DirectoryStore } from '../directory/directory-store.ts'
import { isManagementGroup } from '../resource-ids/containment.ts'
import type { ResourceId } from '../resource-ids/resource-id.ts'
import { ManagementGroupNotFoundError } from './errors.ts'
import { requireListed } from './required-resource.ts'
import type { ResourceStore } from './resource.ts'

/**
 * That a role can be assigned at a scope: see `Resources.requireScope`. The one management group is the tenant's root.
 * @throws ManagementGroupNotFoundError, SubscriptionNotFoundError, ResourceGroupNotFoundError, ResourceNotFoundError
 */
export async function requireAssignable(
  resources: ResourceStore,
  directory: Pick<DirectoryStore, 'tenantId'>,
  scope: ResourceId,
): Promise<void> {
  const managementGroup = enclosing(scope, (id) => id.kind === 'managementGroup')
  if (managementGroup && !isManagementGroup(managementGroup, await directory.tenantId())) {
    throw new ManagementGroupNotFoundError(managementGroup.name)
  }
  if (scope.subscriptionId === undefined) return
  const outermost = enclosing(scope, (id) => id.kind === 'resource' && id.parent?.kind !== 'resource')
  await requireListed(resources, outermost ?? scope)
}

/** `scope`, or the nearest of those around it, that is of a kind. */
function enclosing(scope: ResourceId, isWanted: (id: ResourceId) => boolean): ResourceId | undefined {
  for (let id: ResourceId | undefined = scope; id; id = id.parent) if (isWanted(id)) return id
  return undefined
}
