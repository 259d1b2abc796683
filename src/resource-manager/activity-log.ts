import { originOf } from '../http/http-app.ts'
import type { ActivityEvent } from '../logs/activity-event.ts'
import type { LogPlace } from '../logs/log-store.ts'
import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import { parseActivityFilter } from './activity-filter.ts'
import { activityFields, viewActivityEvent } from './activity-view.ts'
import { ArmError } from './arm-error.ts'
import { queryValue } from './query.ts'
import type { ListCall, Route } from './route.ts'

export const readLogsAction = 'Microsoft.Insights/eventtypes/values/read'

/** Azure's page of this list. */
const pageSize = 200

/** Events of the scope's subscription, or of none, newest first: those at scopes where the caller may read them. */
async function list({ request, services, visibility, scope }: ListCall): Promise<object> {
  const { from, to, matches } = parseActivityFilter(queryValue(request.query, '$filter'))
  const select = selector(queryValue(request.query, '$select'))
  const after = placeOf(queryValue(request.query, '$skiptoken'))
  const rows = await services.logs.listActivity({ subscriptionId: scope.subscriptionId ?? null, from, to, after })
  const found: ActivityEvent[] = []
  for await (const event of rows) {
    if (!matches(event) || !visibility.allows(readLogsAction, parseResourceId(event.scope))) continue
    found.push(event)
    if (found.length > pageSize) break
  }
  const shown = found.slice(0, pageSize)
  const last = shown.at(-1)
  return {
    value: shown.map((event) => select(viewActivityEvent(event, services.tenantId))),
    ...(found.length > pageSize && last && { nextLink: nextLink(originOf(request).baseUrl, request.url, last) }),
  }
}

/** Keeps the fields that `$select` names, or all. @throws ArmError BadRequest for a field that there is not */
function selector(select: string | undefined): (event: Readonly<Record<string, unknown>>) => object {
  if (select === undefined || select.trim() === '') return (event) => event
  const names = select.split(',').map((name) => {
    const known = activityFields.find((field) => field.toLowerCase() === name.trim().toLowerCase())
    if (known === undefined)
      throw new ArmError(400, 'BadRequest', `$select names an unknown property: '${name.trim().slice(0, 100)}'.`)
    return known
  })
  return (event) => Object.fromEntries(names.map((name) => [name, event[name]]))
}

function nextLink(baseUrl: string, url: string, { time, id }: ActivityEvent): string {
  const [path = '', asked] = url.split('?')
  const query = new URLSearchParams([...new URLSearchParams(asked)].filter(([name]) => name.toLowerCase() !== '$skiptoken'))
  query.set('$skiptoken', Buffer.from(JSON.stringify([time, id])).toString('base64url'))
  return `${baseUrl}${path}?${query}`
}

function placeOf(token: string | undefined): LogPlace | undefined {
  if (token === undefined || token === '') return undefined
  try {
    const place: unknown = JSON.parse(Buffer.from(token, 'base64url').toString())
    if (Array.isArray(place) && typeof place[0] === 'number' && typeof place[1] === 'string')
      return { time: place[0], id: place[1] }
  } catch {
    // Falls through: what is no JSON is no token either.
  }
  throw new ArmError(400, 'BadRequest', 'The skip token of the request is not valid.')
}

const path = '/providers/Microsoft.Insights/eventtypes/management/values'

export const activityLogRoutes: readonly Route[] = [
  { method: 'GET', pattern: `/subscriptions/:subscription|${path}`, listAction: readLogsAction, handle: list },
  // What is in no subscription: roles at the tenant and at management groups.
  { method: 'GET', pattern: `|${path}`, listAction: readLogsAction, handle: list },
]
