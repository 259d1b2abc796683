import type { FastifyRequest } from 'fastify'
import { originOf } from '../http/http-app.ts'
import { ArmError } from './arm-error.ts'
import { queryValue } from './query.ts'

const largestPage = 1000
const tokenMark = 'after:'

/** What a page is made from. Rows are looked at only until the page is full, and shown only when they are on it. */
export interface Listing<T> {
  /** In the order of their keys; those up to `after` may be left out. */
  readonly rows: Iterable<T>
  /** What places a row in the list for as long as it is there. */
  readonly keyOf: (row: T) => string
  readonly matches?: (row: T) => boolean
  readonly view: (row: T) => object | Promise<object>
}

/**
 * The key of the last row of the page before this one; undefined on the first page. The token names a row and no position,
 * so what is added or deleted between two pages neither repeats a row nor skips one.
 * @throws ArmError InvalidSkipToken
 */
export function pageStart(request: FastifyRequest): string | undefined {
  const token = queryValue(request.query, '$skiptoken')
  if (token === undefined || token === '') return undefined
  const decoded = Buffer.from(token, 'base64url').toString()
  if (!decoded.startsWith(tokenMark)) throw new ArmError(400, 'InvalidSkipToken', 'The skip token of the request is not valid.')
  return decoded.slice(tokenMark.length)
}

/**
 * A page of a list in ARM's shape; `nextLink` is the same request with `$skiptoken`, on the host that the client used.
 * @throws ArmError InvalidTopInQueryString, InvalidSkipToken
 */
export async function page<T>(
  request: FastifyRequest,
  { rows, keyOf, matches, view }: Listing<T>,
): Promise<{ value: readonly object[]; nextLink?: string }> {
  const size = pageSize(request)
  const after = pageStart(request)
  const found: T[] = []
  for (const row of rows) {
    if (after !== undefined && keyOf(row) <= after) continue
    if (matches && !matches(row)) continue
    found.push(row)
    if (found.length > size) break
  }
  const shown = found.slice(0, size)
  const value = await Promise.all(shown.map(async (row) => view(row)))
  const last = shown.at(-1)
  return found.length > size && last !== undefined ? { value, nextLink: nextLink(request, keyOf(last)) } : { value }
}

/** The rows of a list that comes in another order, in the order of their keys. */
export function inOrder<T>(rows: readonly T[], keyOf: (row: T) => string): readonly T[] {
  return rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0))
}

function pageSize(request: FastifyRequest): number {
  const top = queryValue(request.query, '$top')
  if (top === undefined || top === '') return largestPage
  if (!/^[1-9]\d{0,9}$/.test(top))
    throw new ArmError(400, 'InvalidTopInQueryString', `Invalid $top '${top.slice(0, 60)}' specified in the query string.`)
  return Math.min(Number(top), largestPage)
}

function nextLink(request: FastifyRequest, lastKey: string): string {
  const asked = new URLSearchParams(request.url.split('?').slice(1).join('?'))
  const query = new URLSearchParams([...asked].filter(([name]) => name.toLowerCase() !== '$skiptoken'))
  query.set('$skiptoken', Buffer.from(tokenMark + lastKey).toString('base64url'))
  return `${originOf(request).baseUrl}${request.url.split('?')[0] ?? ''}?${query.toString()}`
}
