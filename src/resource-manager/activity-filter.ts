import type { ActivityEvent } from '../logs/activity-event.ts'
import { levelOf } from './activity-view.ts'
import { ArmError } from './arm-error.ts'

/** What a filter asks for: bounds of time, inclusive, in milliseconds since the epoch, and the rest. */
export interface ActivityFilter {
  readonly from: number | undefined
  readonly to: number | undefined
  readonly matches: (event: ActivityEvent) => boolean
}

type Matcher = (event: ActivityEvent, value: string) => boolean

const same = (one: string | undefined, other: string) => one?.toLowerCase() === other

/** Fields that a filter may name, in lower case, with the comparison. `value` is in lower case. */
const fields: Readonly<Record<string, Matcher>> = {
  resourcegroupname: ({ scope }, value) => same(/\/resourceGroups\/([^/]+)/i.exec(scope)?.[1], value),
  resourceuri: ({ scope }, value) => isAtOrBelow(scope, value),
  resourceid: ({ scope }, value) => isAtOrBelow(scope, value),
  resourceprovider: ({ action }, value) => same(action.split('/')[0], value),
  resourcetype: ({ action }, value) => same(action.split('/').slice(0, -1).join('/'), value),
  operationname: ({ action }, value) => same(action, value),
  operations: ({ action }, value) => listed(value).includes(action.toLowerCase()),
  correlationid: ({ correlationId }, value) => same(correlationId, value),
  caller: ({ caller }, value) => [caller.userPrincipalName, caller.objectId, caller.clientId].some((one) => same(one, value)),
  status: ({ status }, value) => same(status, value),
  levels: (event, value) => listed(value).includes(levelOf(event).toLowerCase()),
  // Everything here is of these channels.
  eventchannels: () => true,
  category: (_event, value) => value === 'administrative',
}

/**
 * Reads the filter of the activity log (Monitor REST API, Activity Logs - List): comparisons joined by `and`, of which those of
 * `eventTimestamp` may be `ge`, `gt`, `le` and `lt`. Clients write times with quotes or without, and az without a zone: UTC is meant.
 * @throws ArmError BadRequest
 */
export function parseActivityFilter(text: string | undefined): ActivityFilter {
  let [from, to]: [number | undefined, number | undefined] = [undefined, undefined]
  const conditions: ((event: ActivityEvent) => boolean)[] = []
  let rest = (text ?? '').trim()
  while (rest !== '') {
    const found = /^(\w+)\s+(eq|ge|gt|le|lt)\s+(?:'((?:[^']|'')*)'|([^\s']+))\s*(?:and\s+(?=\S)|$)/i.exec(rest)
    // Nothing needs to stand between a quote and the next "and": Microsoft's own examples leave the blank out.
    const [whole, name = '', operator = '', quoted, bare = ''] = found ?? []
    if (whole === undefined) throw invalidFilter(text ?? '')
    rest = rest.slice(whole.length)
    const value = quoted?.replaceAll("''", "'") ?? bare
    if (name.toLowerCase() === 'eventtimestamp') {
      const time = readTime(value)
      if (time === undefined || operator.toLowerCase() === 'eq') throw invalidFilter(text ?? '')
      const strict = operator.toLowerCase().endsWith('t') ? 1 : 0
      if (operator.toLowerCase().startsWith('g')) from = Math.max(from ?? 0, Math.ceil(time) + strict)
      else to = Math.min(to ?? Number.MAX_SAFE_INTEGER, Math.floor(time) - strict)
      continue
    }
    const matcher = Object.hasOwn(fields, name.toLowerCase()) ? fields[name.toLowerCase()] : undefined
    if (!matcher || operator.toLowerCase() !== 'eq') throw invalidFilter(text ?? '')
    conditions.push((event) => matcher(event, value.toLowerCase()))
  }
  return { from, to, matches: (event) => conditions.every((condition) => condition(event)) }
}

function listed(value: string): readonly string[] {
  return value.split(',').map((part) => part.trim())
}

/** Of a resource the log shows what was done to its parts as well. */
function isAtOrBelow(scope: string, value: string): boolean {
  const [key, wanted] = [scope.toLowerCase(), value.replace(/\/+$/, '')]
  return key === wanted || key.startsWith(`${wanted}/`)
}

/** Milliseconds since the epoch. */
function readTime(text: string): number | undefined {
  const [, date, time = 'T00:00:00', fraction = '', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)(?:([T ]\d\d:\d\d(?::\d\d)?)(\.\d+)?(Z|[+-]\d\d:?\d\d)?)?$/i.exec(text) ?? []
  if (date === undefined) return undefined
  const milliseconds = Date.parse(`${date}${time.replace(' ', 'T')}${zone.toUpperCase()}`)
  return Number.isNaN(milliseconds) ? undefined : milliseconds + Number(`0${fraction}`) * 1000
}

function invalidFilter(text: string): ArmError {
  return new ArmError(400, 'BadRequest', `$filter searching parameters invalid: '${text.slice(0, 500)}'.`)
}
