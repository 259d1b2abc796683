import { originOf } from '../http/http-app.ts'
import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import type { Resource } from '../resources/resource.ts'
import { ArmError } from './arm-error.ts'
import { parseFilter } from './filter.ts'
import { queryValue } from './query.ts'
import type { AuthorizedCall } from './route.ts'

/** A resource that an identity is assigned to, as Azure tells of it. */
interface AssociatedResource {
  readonly id: string
  readonly name: string
  /** In lower case. */
  readonly type: string
  readonly resourceGroup: string
  readonly subscriptionId: string
  readonly subscriptionDisplayName: string
}

const fields = ['name', 'type', 'resourceGroup', 'subscriptionId', 'subscriptionDisplayName'] as const
const grammar = { fields: fields.map((field) => field.toLowerCase()), contains: true }
const largestPage = 1000
const tokenMark = 'skip:'

/**
 * The resources that a user-assigned identity is assigned to, of those that the caller may read, in all subscriptions: by id, or as
 * `$orderby` says. `totalCount` is of all that the filter leaves. (Azure REST, Microsoft.ManagedIdentity 2022-01-31-preview.)
 * @throws ArmError for a query option that is none
 */
export async function listAssociatedResources(call: AuthorizedCall): Promise<object> {
  const { services, request, authorized } = call
  await services.resources.getResource(authorized)
  const option = (name: string) => queryValue(request.query, name)
  const { matches } = parseFilter(option('$filter'), grammar)
  const found = inOrder(await findUsers(call), option('$orderby')).filter((row) =>
    matches({ fields: Object.fromEntries(fields.map((field) => [field.toLowerCase(), row[field]])) }),
  )
  const start = startOf(option('$skiptoken')) ?? numberOf('$skip', option('$skip')) ?? 0
  const end = start + Math.min(numberOf('$top', option('$top')) || largestPage, largestPage)
  return {
    totalCount: found.length,
    value: found.slice(start, end),
    ...(end < found.length && { nextLink: nextLink(originOf(request).baseUrl, request.url, end) }),
  }
}

async function findUsers({ services, caller, scope }: AuthorizedCall): Promise<readonly AssociatedResource[]> {
  const visibility = await services.accessControl.visibility(caller)
  const holds = ({ identity }: Resource) => identity?.userAssigned.some((id) => id.toLowerCase() === scope.key) ?? false
  const found: AssociatedResource[] = []
  for (const { subscriptionId, displayName } of await services.resources.listSubscriptions(visibility)) {
    const subscription = parseResourceId(`/subscriptions/${subscriptionId}`)
    for (const resource of await services.resources.listResources(visibility, subscription)) {
      if (!holds(resource)) continue
      const { name, type, resourceGroup = '' } = parseResourceId(resource.id)
      const row = { id: resource.id, name, type: type.toLowerCase(), resourceGroup }
      found.push({ ...row, subscriptionId, subscriptionDisplayName: displayName })
    }
  }
  return found
}

/** @throws ArmError for a field that there is not */
function inOrder(rows: readonly AssociatedResource[], orderBy: string | undefined): readonly AssociatedResource[] {
  if (orderBy === undefined || orderBy.trim() === '') return rows
  const [, wanted = '', direction = 'asc'] = /^\s*(\w+)(?:\s+(asc|desc))?\s*$/i.exec(orderBy) ?? []
  const field = fields.find((name) => name.toLowerCase() === wanted.toLowerCase())
  if (!field) throw new ArmError(400, 'BadRequest', `Invalid $orderby '${orderBy.slice(0, 200)}': one of ${fields.join(', ')}.`)
  const sign = direction.toLowerCase() === 'desc' ? -1 : 1
  return rows.toSorted((a, b) => sign * a[field].localeCompare(b[field], 'en'))
}

/** @throws ArmError */
function numberOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new ArmError(400, 'BadRequest', `Invalid ${name} '${text.slice(0, 60)}' specified in the query string.`)
}

/** @throws ArmError for a token that is none */
function startOf(token: string | undefined): number | undefined {
  if (token === undefined || token === '') return undefined
  const [, start] = /^skip:(\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString()) ?? []
  if (start === undefined) throw new ArmError(400, 'InvalidSkipToken', 'The skip token of the request is not valid.')
  return Number(start)
}

function nextLink(baseUrl: string, url: string, start: number): string {
  const [path = '', asked] = url.split('?')
  const replaced = ['$skiptoken', '$skip']
  const query = new URLSearchParams([...new URLSearchParams(asked)].filter(([name]) => !replaced.includes(name.toLowerCase())))
  query.set('$skiptoken', Buffer.from(`${tokenMark}${start}`).toString('base64url'))
  return `${baseUrl}${path}?${query}`
}
