import type { IncomingMessage } from 'node:http'
import type { Origin } from '../http/endpoint.ts'
import type { MetadataAnswer } from './metadata-answer.ts'
import type { MetadataSources } from './token-request.ts'

/** Answers the requests of one protocol. */
export type Answerer = (
  sources: MetadataSources,
  request: IncomingMessage,
  origin: Origin,
) => MetadataAnswer | Promise<MetadataAnswer>

/** The path of a request, without its query, and the query as text. */
export function splitTarget(request: IncomingMessage): { readonly path: string; readonly query: string } {
  const url = request.url ?? '/'
  const mark = url.indexOf('?')
  return mark < 0 ? { path: url, query: '' } : { path: url.slice(0, mark), query: url.slice(mark + 1) }
}
