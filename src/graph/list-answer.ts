import type { FastifyRequest } from 'fastify'
import { originOf } from '../http/http-app.ts'
import type { EntityType, EntityView } from './entity.ts'
import { compileFilter } from './filter.ts'
import { unsupportedQuery } from './graph-error.ts'
import { option, pageOf, type ListQuery } from './page.ts'

/**
 * A page of a collection of the directory: filtered, cut out, its properties selected.
 * @param list ordered by display name, then id
 * @throws GraphError
 */
export function listAnswer(
  request: FastifyRequest,
  list: readonly EntityView[],
  type: EntityType,
  { context, select }: { context: string; select: (view: EntityView) => object },
): object {
  const query = request.query as ListQuery
  const filter = option(query, '$filter')
  const matches = filter === undefined ? () => true : compileFilter(filter, type)
  const found = list.filter((view) => matches(view))
  const { items, nextQuery } = pageOf(found, query)
  const path = request.url.split('?', 1)[0] ?? ''
  return {
    '@odata.context': `${context}${selected(query)}`,
    ...(option(query, '$count') === 'true' && { '@odata.count': found.length }),
    ...(nextQuery !== undefined && { '@odata.nextLink': `${originOf(request).baseUrl}${path}?${nextQuery}` }),
    value: items.map((view) => select(view)),
  }
}

/** @throws GraphError for a query option that would change the answer and is not understood here */
export function refuseOptions(query: ListQuery): void {
  const order = option(query, '$orderby')
  if (order !== undefined && !/^displayName( asc)?$/i.test(order))
    throw unsupportedQuery('Sorting not supported for current query.')
  for (const name of ['$search', '$expand', '$skip', '$apply']) {
    if (option(query, name) !== undefined) throw unsupportedQuery(`Query option '${name}' is not supported.`)
  }
}

/** As the context of an answer tells that properties were selected. */
export function selected(query: ListQuery): string {
  const select = option(query, '$select')
  return select === undefined ? '' : `(${select.replaceAll(/\s/g, '')})`
}
