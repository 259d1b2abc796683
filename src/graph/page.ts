import { badRequest, expiredPage, unsupportedQuery } from './graph-error.ts'
import type { EntityType, EntityView, GraphValue } from './entity.ts'

/** The query options of a list, as they came. */
export type ListQuery = Readonly<Record<string, unknown>>

const defaultSize = 100
const largestSize = 999

/** What comes of one page: its items, and the query of the next page when there is one. */
export interface Page {
  readonly items: readonly EntityView[]
  readonly nextQuery: string | undefined
}

/** A query option; an empty one counts as left out, as clients send `$filter=`. */
export function option(query: ListQuery, name: string): string | undefined {
  const value = query[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/**
 * Cuts the page out of a list that is ordered by display name, then id. The token of the next page is the last item's place in
 * that order, so what is made or deleted in between neither repeats nor hides another.
 * @throws GraphError for a `$top` or a `$skiptoken` that is none
 */
export function pageOf(list: readonly EntityView[], query: ListQuery): Page {
  const size = pageSize(option(query, '$top'))
  const token = option(query, '$skiptoken')
  const after = token === undefined ? undefined : placeOf(token)
  const rest = after === undefined ? list : list.filter((view) => compare([view.displayName, view.id], after) > 0)
  const items = rest.slice(0, size)
  const last = items.at(-1)
  if (last === undefined || rest.length <= size) return { items, nextQuery: undefined }
  const next = new URLSearchParams()
  for (const name of Object.keys(query)) {
    const value = option(query, name)
    if (value !== undefined && name !== '$skiptoken') next.set(name, value)
  }
  next.set('$skiptoken', Buffer.from(JSON.stringify([last.displayName, last.id])).toString('base64url'))
  return { items, nextQuery: next.toString().replaceAll('%24', '$') }
}

/**
 * Keeps the properties that `$select` names, or all.
 * @throws GraphError for a property that does not exist
 */
export function selector(query: ListQuery, type: EntityType): (view: EntityView) => Readonly<Record<string, GraphValue>> {
  const select = option(query, '$select')
  if (select === undefined || select === '*') return (view) => view
  const names = select.split(',').map((name) => name.trim())
  for (const name of names) {
    if (type.propertyNames.includes(name)) continue
    throw badRequest(
      `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.${type.name}'.`,
    )
  }
  return (view) => Object.fromEntries(names.map((name) => [name, view[name] ?? null]))
}

/** How many items a page has. @throws GraphError for a `$top` that is none */
export function pageSize(top: string | undefined): number {
  if (top === undefined) return defaultSize
  const size = /^\d{1,9}$/.test(top) ? Number(top) : Number.NaN
  if (size >= 1 && size <= largestSize) return size
  throw unsupportedQuery(`Invalid page size specified: '${top}'. Must be between 1 and ${largestSize} inclusive.`)
}

type Place = readonly [displayName: string, id: string]

function placeOf(token: string): Place {
  try {
    const place: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'))
    if (Array.isArray(place) && typeof place[0] === 'string' && typeof place[1] === 'string') return [place[0], place[1]]
  } catch {
    // Falls through: no JSON is no token either.
  }
  throw expiredPage()
}

/** By bytes, as databases compare. */
function compare(one: Place, other: Place): number {
  return Buffer.compare(Buffer.from(one[0]), Buffer.from(other[0])) || Buffer.compare(Buffer.from(one[1]), Buffer.from(other[1]))
}
