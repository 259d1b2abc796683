import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import { resourceKind } from '../resources/known-resource-kinds.ts'
import type { Resource } from '../resources/resource.ts'
import { parseFilter, type Filterable } from './filter.ts'
import { page, pageStart } from './page.ts'
import { queryValue } from './query.ts'
import { envelope } from './resource-view.ts'
import type { ListCall, Route } from './route.ts'

const planFields = ['name', 'publisher', 'product', 'version', 'promotionCode'] as const
const grammar = {
  fields: [
    'name',
    'resourcetype',
    'resourcegroup',
    'location',
    'identity',
    'identity/principalid',
    'plan',
    ...planFields.map((field) => `plan/${field.toLowerCase()}`),
  ],
  tags: true,
}

function filterable(resource: Resource): Filterable {
  const { name, type, resourceGroup } = parseResourceId(resource.id)
  const plan = planFields.map((field): [string, string | undefined] => {
    const value = resource.plan?.[field]
    return [`plan/${field.toLowerCase()}`, typeof value === 'string' ? value : undefined]
  })
  return {
    fields: {
      name,
      resourcetype: type,
      resourcegroup: resourceGroup,
      location: resource.location,
      identity: resource.identity?.systemAssigned,
      'identity/principalid': resource.identity?.systemAssigned,
      ...Object.fromEntries(plan),
      plan: Object.fromEntries(plan)['plan/name'],
    },
    tags: resource.tags,
  }
}

async function list({ request, services, visibility, scope }: ListCall): Promise<object> {
  const { matches, usesTags } = parseFilter(queryValue(request.query, '$filter'), grammar)
  const expand = (queryValue(request.query, '$expand') ?? '')
    .toLowerCase()
    .split(',')
    .map((field) => field.trim())
  return page(request, {
    rows: await services.resources.listResources(visibility, scope, pageStart(request)),
    keyOf: (resource) => resource.id.toLowerCase(),
    matches: (resource) => !resourceKind(parseResourceId(resource.id)).isProxy && matches(filterable(resource)),
    view: async (resource) => {
      const { tags, ...item } = await envelope(resource, services.resources)
      return {
        ...item,
        ...(tags !== undefined && !usesTags && { tags }),
        ...(expand.includes('createdtime') && { createdTime: new Date(resource.createdAt).toISOString() }),
        ...(expand.includes('changedtime') && { changedTime: new Date(resource.changedAt).toISOString() }),
        ...(expand.includes('provisioningstate') && {
          provisioningState: resource.properties['provisioningState'] ?? 'Succeeded',
        }),
      }
    },
  })
}

const listAction = 'Microsoft.Resources/subscriptions/resources/read'

export const resourceListRoutes: readonly Route[] = [
  { method: 'GET', pattern: '/subscriptions/:subscription|/resources', listAction, handle: list },
  {
    method: 'GET',
    pattern: '/subscriptions/:subscription/resourceGroups/:group|/resources',
    listAction: 'Microsoft.Resources/subscriptions/resourceGroups/resources/read',
    handle: list,
  },
]
