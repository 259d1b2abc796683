import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import type { ResourceId } from '../resource-ids/resource-id.ts'
import { InvalidResourceInputError, ResourceGroupNotFoundError } from './errors.ts'
import { requireLocation } from './location.ts'
import type { Resources } from './operations.ts'
import { releaseAndDelete } from './release-identities.ts'
import { provenScope, requireVerb } from './required-proof.ts'
import type { ResourceGroup, ResourceStore } from './resource.ts'
import { readSubscriptions, requireSubscription } from './subscriptions.ts'
import type { UnitOfWork } from './unit-of-work.ts'

export const readResourceGroups = 'Microsoft.Resources/subscriptions/resourceGroups/read'

/** The operations on resource groups. */
export function createResourceGroups(
  unitOfWork: UnitOfWork,
): Pick<
  Resources,
  'listResourceGroups' | 'getResourceGroup' | 'putResourceGroup' | 'patchResourceGroup' | 'deleteResourceGroup'
> {
  return {
    async listResourceGroups(visibility, subscription) {
      const { resources } = unitOfWork.stores
      const groups = await resources.listResourceGroups(subscription.subscriptionId ?? '')
      // Who may not see the subscription does not learn from this list whether it exists.
      if (groups.length === 0 && (visibility.reaches(subscription) || visibility.allows(readSubscriptions, subscription))) {
        await requireSubscription(resources, subscription)
      }
      return groups.filter((group) => visibility.allows(readResourceGroups, groupId(group)))
    },

    getResourceGroup: async (authorized) => requireResourceGroup(unitOfWork.stores.resources, provenScope(authorized)),

    async putResourceGroup(authorized, { location: asked, tags }) {
      requireVerb(authorized, 'write')
      const { scope } = authorized
      const name = scope.resourceGroup ?? ''
      requireGroupName(name)
      const location = requireLocation(asked)
      return unitOfWork.transaction(async ({ resources }) => {
        const { subscriptionId } = await requireSubscription(resources, scope)
        const existing = await resources.findResourceGroup(subscriptionId, name)
        if (existing && existing.location !== location) {
          throw new InvalidResourceInputError(
            'InvalidResourceGroupLocation',
            `Invalid resource group location '${location}'. The Resource group already exists in location '${existing.location}'.`,
          )
        }
        const group: ResourceGroup = { subscriptionId, name: existing?.name ?? name, location, tags }
        await resources.saveResourceGroup(group)
        return { group, created: existing === undefined }
      })
    },

    async patchResourceGroup(authorized, tags) {
      requireVerb(authorized, 'write')
      return unitOfWork.transaction(async ({ resources }) => {
        const current = await requireResourceGroup(resources, authorized.scope)
        const group = tags === undefined ? current : { ...current, tags: tags ?? undefined }
        await resources.saveResourceGroup(group)
        return group
      })
    },

    async deleteResourceGroup(authorized) {
      requireVerb(authorized, 'delete')
      const { scope } = authorized
      return unitOfWork.transaction(async (stores) => {
        const group = await requireResourceGroup(stores.resources, scope)
        const id = groupId(group)
        await releaseAndDelete(stores, id, await stores.resources.listResourcesBelow(id.key))
        await stores.resources.deleteResourceGroup(group.subscriptionId, group.name)
        return group
      })
    },
  }
}

/** The group that `id` is in. @throws SubscriptionNotFoundError, ResourceGroupNotFoundError */
export async function requireResourceGroup(resources: ResourceStore, id: ResourceId): Promise<ResourceGroup> {
  const { subscriptionId } = await requireSubscription(resources, id)
  const name = id.resourceGroup ?? ''
  const group = await resources.findResourceGroup(subscriptionId, name)
  if (!group) throw new ResourceGroupNotFoundError(name)
  return group
}

function groupId({ subscriptionId, name }: ResourceGroup): ResourceId {
  return parseResourceId(`/subscriptions/${subscriptionId}/resourceGroups/${name}`)
}

/** Azure's rule: 1 to 90 letters, digits, `-`, `.`, `(`, `)` or `_`, and no full stop at the end. */
function requireGroupName(name: string): void {
  const problem = describeNameProblem(name)
  if (problem)
    throw new InvalidResourceInputError('InvalidResourceGroup', `The provided resource group name '${name}' ${problem}`)
}

function describeNameProblem(name: string): string | undefined {
  if (name.length < 1 || name.length > 90) return `has ${name.length} characters. The name must have between 1 and 90 characters.`
  const invalid = new Set(name.replaceAll(/[\p{L}\p{N}._()-]/gu, ''))
  if (invalid.size > 0) {
    return `has these invalid characters: '${[...invalid].join('')}'. The name can only be a letter, digit, '-', '.', '(', ')' or '_'.`
  }
  return name.endsWith('.') ? 'ends with a period. The name can not end with a period.' : undefined
}
