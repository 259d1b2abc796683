import { InvalidResourceIdError, type ResourceId } from './resource-id.ts'

const longestId = 2048

const tenant: ResourceId = {
  kind: 'tenant',
  text: '/',
  key: '/',
  managementGroup: undefined,
  subscriptionId: undefined,
  resourceGroup: undefined,
  type: 'Microsoft.Resources/tenants',
  name: '',
  parent: undefined,
}

/**
 * Parses an ARM id of any depth: tenant (`/`), management group, subscription, resource group, resource, nested resource,
 * and extension resource. Keywords match in any casing; repeated slashes and a trailing slash are dropped.
 * @throws InvalidResourceIdError
 */
export function parseResourceId(text: string): ResourceId {
  const fail = (reason: string) => new InvalidResourceIdError(text.slice(0, 200), reason)
  if (text.length > longestId) throw fail(`it is longer than ${longestId} characters`)
  if (!text.startsWith('/')) throw fail('it must start with a slash')
  // eslint-disable-next-line no-control-regex -- control characters are what is refused here
  if (/[\u0000-\u001f\u007f?#]/.test(text)) throw fail('it holds a character that no id may hold')
  const segments = text.split('/').filter((segment) => segment !== '')
  let id = tenant
  let index = 0
  if (is(segments[0], 'subscriptions')) {
    const subscriptionId = segments[1]
    if (subscriptionId === undefined) throw fail('the subscription is missing after /subscriptions/')
    id = below(id, 'subscription', segments.slice(0, 2), { subscriptionId, type: 'Microsoft.Resources/subscriptions' })
    index = 2
    if (is(segments[2], 'resourceGroups')) {
      const resourceGroup = segments[3]
      if (resourceGroup === undefined) throw fail('the name is missing after /resourceGroups/')
      id = below(id, 'resourceGroup', segments.slice(2, 4), { resourceGroup, type: 'Microsoft.Resources/resourceGroups' })
      index = 4
    }
  }
  while (index < segments.length) {
    if (!is(segments[index], 'providers')) throw fail(`'providers' is expected where '${segments[index] ?? ''}' stands`)
    const namespace = segments[index + 1]
    if (namespace === undefined) throw fail('the resource provider is missing after /providers/')
    let type = namespace
    let head = [segments[index] ?? '', namespace]
    index += 2
    if (index >= segments.length) throw fail(`a type and a name are expected after '${namespace}'`)
    while (index < segments.length && !is(segments[index], 'providers')) {
      const [typeSegment = '', name] = segments.slice(index, index + 2)
      if (name === undefined) throw fail(`the name is missing after '${typeSegment}'`)
      type += `/${typeSegment}`
      // Only directly below the tenant: an id below a subscription that ends like this one is a resource of that subscription.
      const isGroup = id.kind === 'tenant' && type.toLowerCase() === 'microsoft.management/managementgroups'
      const managementGroup = isGroup ? name : undefined
      id = below(id, managementGroup === undefined ? 'resource' : 'managementGroup', [...head, typeSegment, name], {
        type,
        ...(managementGroup !== undefined && { managementGroup }),
      })
      head = []
      index += 2
    }
  }
  return id
}

/**
 * The type as actions spell it: `${actionType(id)}/read`. Differs from `type` for resource groups, whose actions are
 * `Microsoft.Resources/subscriptions/resourceGroups/…`.
 */
export function actionType(id: ResourceId): string {
  return id.kind === 'resourceGroup' ? 'Microsoft.Resources/subscriptions/resourceGroups' : id.type
}

function is(segment: string | undefined, keyword: string): boolean {
  return segment?.toLowerCase() === keyword.toLowerCase()
}

function below(
  parent: ResourceId,
  kind: ResourceId['kind'],
  segments: readonly string[],
  facts: Partial<Pick<ResourceId, 'subscriptionId' | 'resourceGroup' | 'managementGroup'>> & { type: string },
): ResourceId {
  const text = `${parent.kind === 'tenant' ? '' : parent.text}/${segments.join('/')}`
  return {
    kind,
    text,
    key: text.toLowerCase(),
    managementGroup: facts.managementGroup ?? parent.managementGroup,
    subscriptionId: facts.subscriptionId ?? parent.subscriptionId,
    resourceGroup: facts.resourceGroup ?? parent.resourceGroup,
    type: facts.type,
    name: segments.at(-1) ?? '',
    parent,
  }
}
