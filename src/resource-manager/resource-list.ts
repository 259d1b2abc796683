import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import type { Resource } from '../resources/resource.ts'
import { parseFilter, type Filterable } from './filter.ts'
import { page } from './page.ts'
import { envelope } from './resource-view.ts'
import type { Call, Route } from './route.ts'

function filterable(resource: Resource): Filterable {
  const { name, type, resourceGroup } = parseResourceId(resource.id)
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
  return {
    fields: {
      name,
      resourcetype: type,
      resourcegroup: resourceGroup,
      location: resource.location,
      'identity/principalid': resource.identity?.systemAssigned,
      'plan/name': text(resource.plan?.['name']),
      'plan/publisher': text(resource.plan?.['publisher']),
      'plan/product': text(resource.plan?.['product']),
    },
    tags: resource.tags ?? {},
  }
}

async function list({ request, services, caller, scope }: Call): Promise<object> {
  const visibility = await services.accessControl.visibility(caller)
  if (!visibility.reaches(scope))
    await services.accessControl.authorize(caller, 'Microsoft.Resources/subscriptions/resources/read', scope)
  const query = request.query as Record<string, string | undefined>
  const matches = parseFilter(query['$filter'])
  const expand = (query['$expand'] ?? '').toLowerCase().split(',')
  const found = (await services.resources.listResources(visibility, scope)).filter((resource) => matches(filterable(resource)))
  const items = await Promise.all(
    found.map(async (resource) => ({
      ...(await envelope(resource, services.resources)),
      ...(expand.includes('createdtime') && { createdTime: new Date(resource.createdAt).toISOString() }),
      ...(expand.includes('changedtime') && { changedTime: new Date(resource.changedAt).toISOString() }),
      ...(expand.includes('provisioningstate') && { provisioningState: resource.properties['provisioningState'] ?? 'Succeeded' }),
    })),
  )
  return page(request, items)
}

const enclosing = (path: string) => path.replace(/\/resources$/i, '')

export const resourceListRoutes: readonly Route[] = [
  { method: 'GET', path: '/subscriptions/:subscription/resources', withoutRole: 'refused', scopeOf: enclosing, handle: list },
  {
    method: 'GET',
    path: '/subscriptions/:subscription/resourceGroups/:group/resources',
    withoutRole: 'refused',
    scopeOf: enclosing,
    handle: list,
  },
]
