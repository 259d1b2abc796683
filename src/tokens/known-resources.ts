import { findService } from '../azure-services/find-service.ts'
import type { DirectoryStore } from '../directory/directory-store.ts'

/** The part of the directory that says which applications a token can be for. */
export type AudienceDirectory = Pick<DirectoryStore, 'findServicePrincipalByClientId'> & {
  findApplicationByIdentifierUri(uri: string): Promise<unknown>
}

const loopbackHosts = ['localhost', '127.0.0.1', '[::1]']
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const longestResource = 1024

/**
 * Whether a token can be had for `resource` in this tenant: it names a service of Azure, or a service on this machine, or an
 * application of the directory by its client id or an identifier URI. Anything else is AADSTS500011, as in Entra: a host name
 * below one of Azure's domains is not enough (decision 11).
 * @param resource as the client wrote it
 */
export async function isKnownResource(resource: string, directory: AudienceDirectory): Promise<boolean> {
  if (resource === '' || resource.length > longestResource || /[\s\p{Cc}]/u.test(resource)) return false
  if (findService(resource) !== undefined || isOnThisMachine(resource) || isTokenExchange(resource)) return true
  if (guid.test(resource)) return (await directory.findServicePrincipalByClientId(resource)) !== undefined
  return (await directory.findApplicationByIdentifierUri(resource)) !== undefined
}

/** Whether a token is for exchange at the token endpoint itself: a managed identity standing in for an application. */
export function isTokenExchange(resource: string): boolean {
  return resource.toLowerCase() === 'api://azureadtokenexchange'
}

/** A cloud of one's own, on loopback: `az cloud register` names its resource manager by its address there. */
function isOnThisMachine(resource: string): boolean {
  const url = URL.parse(resource)
  if (url?.protocol !== 'https:' || !resource.toLowerCase().startsWith('https://')) return false
  return url.username === '' && url.password === '' && loopbackHosts.includes(url.hostname.toLowerCase())
}
