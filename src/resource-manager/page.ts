import type { FastifyRequest } from 'fastify'
import { originOf } from '../http/http-app.ts'

const largestPage = 1000

/** A page of a list in ARM's shape; `nextLink` is the same request with `$skiptoken`, on the host that the client used. */
export function page(request: FastifyRequest, items: readonly object[]): { value: readonly object[]; nextLink?: string } {
  const query = request.query as Record<string, string | undefined>
  const top = Number(query['$top'])
  const size = Number.isInteger(top) && top > 0 ? Math.min(top, largestPage) : largestPage
  const start = Number(Buffer.from(query['$skiptoken'] ?? query['$skipToken'] ?? '', 'base64url').toString()) || 0
  const value = items.slice(start, start + size)
  if (start + size >= items.length) return { value }
  const next = new URLSearchParams(Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined))
  next.delete('$skipToken')
  next.set('$skiptoken', Buffer.from(String(start + size)).toString('base64url'))
  return { value, nextLink: `${originOf(request).baseUrl}${request.url.split('?')[0] ?? ''}?${next.toString()}` }
}
