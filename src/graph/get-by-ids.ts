import { badRequest, invalidIdentifier } from './graph-error.ts'
import type { ServicePrincipals } from './read-service-principals.ts'
import { servicePrincipalType, type ServicePrincipalView } from './service-principal-view.ts'

/** Graph's own limit. */
const mostIds = 1000

/** Types under which a service principal is found. */
const ownTypes = ['serviceprincipal', 'directoryobject']

/**
 * The objects with these ids, each once, in the order of the ids; ids that are nobody's are passed over.
 * @param body `{ ids, types? }`, as it came
 * @throws GraphError
 */
export async function getByIds(
  body: unknown,
  principals: ServicePrincipals,
): Promise<readonly (ServicePrincipalView & { readonly '@odata.type': string })[]> {
  const { ids, types } = (typeof body === 'object' && body !== null ? body : {}) as { ids?: unknown; types?: unknown }
  if (!isStrings(ids)) throw badRequest("The body needs 'ids', a list of object ids.")
  if (ids.length > mostIds) throw badRequest(`'ids' holds ${ids.length} object ids; the limit is ${mostIds}.`)
  if (types !== undefined && types !== null && !isStrings(types)) throw badRequest("'types' is a list of resource types.")
  for (const id of ids) {
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw invalidIdentifier(id)
  }
  if (isStrings(types) && types.length > 0 && !types.some((type) => ownTypes.includes(type.toLowerCase()))) return []
  const distinct = new Set(ids.map((id) => id.toLowerCase()))
  const found = await Promise.all([...distinct].map((id) => principals.find(id)))
  return found.flatMap((view) => (view ? [{ '@odata.type': servicePrincipalType, ...view }] : []))
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}
