import { exchangeAudience } from '../directory/federated-credential.ts'
import type { World } from './world-schema.ts'
import type { WorldTarget } from './world-target.ts'

/**
 * Makes an application exist, with at least the identifier URIs that the file names.
 * @returns the object id of its service principal
 * @throws ApplicationConflictError
 */
export async function applyApplication(
  { name, clientId, secret, identifierUris, certificates = [], federatedCredentials = [] }: World['applications'][number],
  target: WorldTarget,
): Promise<string> {
  const known = await target.stores.directory.findApplicationByName(name)
  const existing = known?.identifierUris ?? []
  const keys = new Set(existing.map((uri) => uri.toLowerCase()))
  const named = new Set(federatedCredentials.map((credential) => credential.name))
  const missing = identifierUris.filter((uri) => !keys.has(uri.toLowerCase()))
  const { principal } = await target.registerApplication({
    displayName: name,
    clientId,
    secret,
    identifierUris: [...existing, ...missing],
    certificates: [...new Set([...(known?.certificates ?? []), ...certificates])],
    federatedCredentials: [
      ...(known?.federatedCredentials ?? []).filter((credential) => !named.has(credential.name)),
      ...federatedCredentials.map((credential) => ({
        name: credential.name,
        issuer: credential.issuer ?? '',
        subject: credential.subject,
        audiences: credential.audiences ?? [exchangeAudience],
      })),
    ],
  })
  return principal.objectId
}
