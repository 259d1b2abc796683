import type { EntityView } from './entity.ts'
import { badRequest, invalidIdentifier } from './graph-error.ts'
import type { ServicePrincipals } from './read-service-principals.ts'
import { servicePrincipalType } from './service-principal-view.ts'
import { userType } from './user-view.ts'
import type { UserViews } from './users.ts'

/** Graph's own limit. */
const mostIds = 1000

/** An object of the directory that tells its type. */
export type DirectoryObject = EntityView & { readonly '@odata.type': string }

/** What has an object id in the directory. */
export interface DirectoryObjects {
  readonly principals: Pick<ServicePrincipals, 'find'>
  readonly users: Pick<UserViews, 'find'>
}

/**
 * The object with this id; undefined when it is nobody's.
 * @param types those looked for, in lower case; all when left out
 */
export async function findDirectoryObject(
  id: string,
  { principals, users }: DirectoryObjects,
  types: readonly string[] = ['directoryobject'],
): Promise<DirectoryObject | undefined> {
  const wants = (type: string) => types.includes(type) || types.includes('directoryobject')
  const principal = wants('serviceprincipal') ? await principals.find(id) : undefined
  if (principal) return { '@odata.type': servicePrincipalType, ...principal }
  const user = wants('user') ? await users.find(id) : undefined
  return user && { '@odata.type': userType, ...user }
}

/**
 * The objects with these ids, each once, in the order of the ids; ids that are nobody's are passed over.
 * @param body `{ ids, types? }`, as it came
 * @throws GraphError
 */
export async function getByIds(body: unknown, objects: DirectoryObjects): Promise<readonly DirectoryObject[]> {
  const { ids, types } = (typeof body === 'object' && body !== null ? body : {}) as { ids?: unknown; types?: unknown }
  if (!isStrings(ids)) throw badRequest("The body needs 'ids', a list of object ids.")
  if (ids.length > mostIds) throw badRequest(`'ids' holds ${ids.length} object ids; the limit is ${mostIds}.`)
  if (types !== undefined && types !== null && !isStrings(types)) throw badRequest("'types' is a list of resource types.")
  for (const id of ids) {
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw invalidIdentifier(id)
  }
  const wanted = isStrings(types) && types.length > 0 ? types.map((type) => type.toLowerCase()) : undefined
  const distinct = new Set(ids.map((id) => id.toLowerCase()))
  const found = await Promise.all([...distinct].map((id) => findDirectoryObject(id, objects, wanted)))
  return found.flatMap((one) => (one ? [one] : []))
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}
