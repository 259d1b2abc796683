import type { World } from './world-schema.ts'
import type { WorldTarget } from './world-target.ts'

/**
 * Makes an application exist, with at least the identifier URIs that the file names.
 * @returns the object id of its service principal
 * @throws ApplicationConflictError
 */
export async function applyApplication(
  { name, clientId, secret, identifierUris }: World['applications'][number],
  target: WorldTarget,
): Promise<string> {
  const existing = (await target.stores.directory.findApplicationByName(name))?.identifierUris ?? []
  const keys = new Set(existing.map((uri) => uri.toLowerCase()))
  const missing = identifierUris.filter((uri) => !keys.has(uri.toLowerCase()))
  const { principal } = await target.registerApplication({
    displayName: name,
    clientId,
    secret,
    identifierUris: [...existing, ...missing],
  })
  return principal.objectId
}
