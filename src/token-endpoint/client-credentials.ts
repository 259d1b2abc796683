import { isKnownResource } from '../tokens/known-resources.ts'
import type { IssuedToken, TokenAuthority } from '../tokens/token-authority.ts'
import type { AssertionContext } from './client-assertion.ts'
import { authenticateClient, type ClientDirectory } from './client-authentication.ts'
import { invalidScope, missingParameter, scopeWithoutDefault, unknownResource, unsupportedGrant } from './entra-error.ts'

/** What the token endpoint needs of the directory. */
export interface TokenEndpointDirectory extends ClientDirectory {
  findApplicationByIdentifierUri(uri: string): Promise<unknown>
}

/** Of an application's token, in seconds; Entra says 3599. */
const applicationTokenLifetime = 3599

/** Scopes that are about a user: libraries add them to every request, and Entra passes over them here. */
const userScopes = ['openid', 'profile', 'offline_access']

export interface Grant {
  readonly token: IssuedToken
  readonly resource: string
}

export interface GrantContext {
  readonly authority: TokenAuthority
  readonly directory: TokenEndpointDirectory
  readonly assertions: Pick<AssertionContext, 'findIssuerKeys' | 'isOwnAudience' | 'now'>
}

/**
 * The client credentials grant (RFC 6749 4.4; wire.md E.2).
 * @param form the request's form, client id and secret included
 * @param version 1 takes `resource`, 2 takes `scope`
 * @throws EntraError
 */
export async function clientCredentialsGrant(
  form: URLSearchParams,
  version: 1 | 2,
  { authority, directory, assertions }: GrantContext,
): Promise<Grant> {
  const required = (name: string): string => {
    const value = form.get(name)
    if (value === null || value === '') throw missingParameter(name)
    return value
  }
  const grant = required('grant_type')
  if (grant !== 'client_credentials') throw unsupportedGrant(grant)
  required('client_id')
  const resource = version === 1 ? required('resource') : resourceOf(required('scope'))
  const { principal, provedBy } = await authenticateClient(form, authority.tenantId, directory, assertions)
  if (!(await isKnownResource(resource, directory))) throw unknownResource(resource, authority.tenantId)
  // A managed identity's token lives a day, however it was come by.
  const lifetimeSeconds = principal.kind === 'application' ? applicationTokenLifetime : undefined
  return { token: await authority.issue({ principal, resource, provedBy, lifetimeSeconds }), resource }
}

/** `{resource}/.default`; exactly one slash goes with it, since some audiences end in one themselves. */
function resourceOf(scope: string): string {
  const scopes = scope.split(' ').filter((part) => part !== '' && !userScopes.includes(part.toLowerCase()))
  const [only, another] = scopes
  if (only === undefined) throw scopeWithoutDefault(scope)
  if (another !== undefined) throw invalidScope(scope)
  if (!only.endsWith('/.default')) throw scopeWithoutDefault(scope)
  const resource = only.slice(0, -'/.default'.length)
  if (!/^[a-z][a-z0-9+.-]*:\/\/./i.test(resource) && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/?$/i.test(resource)) {
    throw invalidScope(
      scope,
      ' The scope format is invalid. Scope must be in a valid URI form <https://example/scope> or a valid Guid <guid/scope>.',
    )
  }
  return resource
}
