import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { DirectoryStore } from '../directory/directory-store.ts'
import type { EntityView } from './entity.ts'
import { badRequest, notFound } from './graph-error.ts'
import { listAnswer, refuseOptions, selected } from './list-answer.ts'
import { option, selector, type ListQuery } from './page.ts'
import { shortUserView, userEntity, viewUser } from './user-view.ts'

/** The users of the tenant as Graph shows them. */
export interface UserViews {
  find(objectId: string): Promise<EntityView | undefined>
  findByName(userPrincipalName: string): Promise<EntityView | undefined>
  /** Ordered by display name, then object id. */
  list(): Promise<readonly EntityView[]>
}

export function readUsers(directory: Pick<DirectoryStore, 'findUser' | 'findUserByName' | 'listUsers'>): UserViews {
  return {
    find: async (objectId) => {
      const user = await directory.findUser(objectId)
      return user && viewUser(user)
    },
    findByName: async (userPrincipalName) => {
      const user = await directory.findUserByName(userPrincipalName)
      return user && viewUser(user)
    },
    list: async () => (await directory.listUsers()).map((user) => viewUser(user)),
  }
}

/**
 * The users, and the one who calls.
 * @param root of the version, for instance `/v1.0`
 * @param metadata address of its metadata document
 * @param userOf object id of the user in whose name a request is made; undefined for an application's own
 */
export function addUsers(
  app: FastifyInstance,
  users: UserViews,
  { root, metadata, userOf }: { root: string; metadata: string; userOf: (request: FastifyRequest) => string | undefined },
): void {
  const select = (query: ListQuery) => {
    const selecting = selector(query, userEntity)
    return option(query, '$select') === undefined ? shortUserView : selecting
  }
  const show = (query: ListQuery, id: string, found: EntityView | undefined) => {
    const selecting = select(query)
    if (!found) throw notFound(id)
    return { '@odata.context': `${metadata}#users${selected(query)}/$entity`, ...selecting(found) }
  }
  app.get<{ Querystring: ListQuery }>(`${root}/users`, async (request) => {
    refuseOptions(request.query)
    const selecting = select(request.query)
    return listAnswer(request, await users.list(), userEntity, { context: `${metadata}#users`, select: selecting })
  })
  app.get<{ Params: { id: string }; Querystring: ListQuery }>(`${root}/users/:id`, async ({ params: { id }, query }) =>
    show(query, id, (await users.find(id)) ?? (await users.findByName(id))),
  )
  app.get<{ Querystring: ListQuery }>(`${root}/me`, async (request) => {
    const id = userOf(request)
    if (id === undefined) throw notDelegated()
    return show(request.query, id, await users.find(id))
  })
  for (const path of ['me/memberOf', 'me/transitiveMemberOf']) {
    app.get(`${root}/${path}`, async (request) => {
      if (userOf(request) === undefined) throw notDelegated()
      // Nobody is a member of anything: there are no groups.
      return { '@odata.context': `${metadata}#directoryObjects`, value: [] }
    })
  }
  app.get(`${root}/me/*`, async (request) => {
    if (userOf(request) === undefined) throw notDelegated()
    throw badRequest(`Resource not found for the segment '${request.url.split('?')[0]?.split('/').at(-1) ?? ''}'.`)
  })
}

const notDelegated = () => badRequest('/me request is only valid with delegated authentication flow.')
