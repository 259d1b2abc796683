import type { ServicePrincipal } from '../directory/service-principal.ts'
import { isKnownResource } from '../tokens/known-resources.ts'
import type { IssuedToken, TokenAuthority } from '../tokens/token-authority.ts'
import {
  expiredSecret,
  invalidScope,
  missingCredential,
  missingParameter,
  unknownApplication,
  unknownResource,
  unsupportedGrant,
  wrongSecret,
} from './entra-error.ts'

/** What the token endpoint needs of the directory. */
export interface TokenEndpointDirectory {
  findServicePrincipalByClientId(clientId: string): Promise<ServicePrincipal | undefined>
  findApplicationByIdentifierUri(uri: string): Promise<unknown>
  authenticateApplication(clientId: string, secret: string): Promise<'ok' | 'unknown' | 'wrongSecret' | 'expired'>
}

/** Of an application's token, in seconds; Entra says 3599. */
const applicationTokenLifetime = 3599

export interface Grant {
  readonly token: IssuedToken
  readonly resource: string
}

/**
 * The client credentials grant (RFC 6749 4.4; wire.md E.2) with a client secret.
 * @param form the request's form, client id and secret included
 * @param version 1 takes `resource`, 2 takes `scope`
 * @throws EntraError
 */
export async function clientCredentialsGrant(
  form: URLSearchParams,
  version: 1 | 2,
  { authority, directory }: { authority: TokenAuthority; directory: TokenEndpointDirectory },
): Promise<Grant> {
  const required = (name: string): string => {
    const value = form.get(name)
    if (value === null || value === '') throw missingParameter(name)
    return value
  }
  const grant = required('grant_type')
  if (grant !== 'client_credentials') throw unsupportedGrant(grant)
  const clientId = required('client_id').toLowerCase()
  const resource = version === 1 ? required('resource') : resourceOf(required('scope'))
  const secret = form.get('client_secret')
  if (secret === null || secret === '') throw missingCredential()
  const outcome = await directory.authenticateApplication(clientId, secret)
  const principal = await directory.findServicePrincipalByClientId(clientId)
  if (outcome === 'unknown' || !principal) throw unknownApplication(clientId, authority.tenantId)
  if (outcome === 'wrongSecret') throw wrongSecret(clientId)
  if (outcome === 'expired') throw expiredSecret(clientId)
  const isApplicationUri = async (uri: string) => (await directory.findApplicationByIdentifierUri(uri)) !== undefined
  if (!(await isKnownResource(resource, isApplicationUri))) throw unknownResource(resource, authority.tenantId)
  return { token: await authority.issue({ principal, resource, lifetimeSeconds: applicationTokenLifetime }), resource }
}

/** `{resource}/.default`; exactly one slash goes with it, since some audiences end in one themselves. */
function resourceOf(scope: string): string {
  const scopes = scope.split(' ').filter((part) => part !== '' && !['openid', 'profile', 'offline_access'].includes(part))
  const [only = ''] = scopes
  if (scopes.length !== 1 || !only.endsWith('/.default')) throw invalidScope(scope)
  return only.slice(0, -'/.default'.length)
}
