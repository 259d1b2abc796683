import { isKnownResource, type AudienceDirectory } from '../tokens/known-resources.ts'
import { delegatedScopes } from '../tokens/user-claims.ts'
import { invalidScope, missingParameter, unknownResource } from './entra-error.ts'
import { defaultScopeMixed, severalResources, unknownScope } from './sign-in-errors.ts'

/** What a client asks for in a user's name. */
export interface DelegatedScope {
  /** The audience of the access token. */
  readonly resource: string
  /** Whether an ID token is asked for. */
  readonly openid: boolean
  /** Whether a refresh token is. */
  readonly offlineAccess: boolean
  /** What is granted, as the answer tells it. */
  readonly granted: string
}

/** What the check of a scope needs to know. */
export interface ScopeContext {
  readonly tenantId: string
  /** For messages. */
  readonly clientName: string
  readonly directory: AudienceDirectory
}

const graph = 'https://graph.microsoft.com'
const aboutSignIn = ['openid', 'profile', 'email', 'offline_access']
const absolute = /^([a-z][a-z0-9+.-]*:\/\/.+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/([^/]+)$/i

/**
 * Reads a `scope` of version 2.0: scopes of one resource, each `{resource}/{name}`, beside those of OpenID Connect. A name alone is one
 * of Microsoft Graph, and OpenID Connect alone means Graph too, as at Entra.
 * @throws EntraError
 */
export async function readDelegatedScope(scope: string | null, context: ScopeContext): Promise<DelegatedScope> {
  const parts = (scope ?? '').split(' ').filter(Boolean)
  if (scope === null || parts.length === 0) throw missingParameter('scope')
  const isAboutSignIn = (part: string) => aboutSignIn.includes(part.toLowerCase())
  const named = parts.filter((part) => !isAboutSignIn(part)).map((part) => resourceAndName(part, scope))
  const resource = named[0]?.resource ?? graph
  if (named.some((one) => one.resource !== resource)) throw severalResources(scope)
  if (named.length > 1 && named.some(({ name }) => name === '.default')) throw defaultScopeMixed(scope)
  if (!(await isKnownResource(resource, context.directory))) throw unknownResource(resource, context.tenantId)
  const known = delegatedScopes(resource).split(' ')
  for (const { name } of named) {
    const isKnown = name === '.default' || known.some((one) => one.toLowerCase() === name.toLowerCase())
    // Graph has hundreds, and which of them an application was given is not kept here: each gives the same token.
    if (!isKnown && resource.toLowerCase() !== graph) throw unknownScope(name, resource, context.clientName)
  }
  const asked = new Set(parts.map((part) => part.toLowerCase()))
  return {
    resource,
    openid: asked.has('openid'),
    offlineAccess: asked.has('offline_access'),
    granted: [
      ...parts.filter((part) => isAboutSignIn(part) && part.toLowerCase() !== 'offline_access'),
      ...known.filter((name) => !isAboutSignIn(name)).map((name) => `${resource}/${name}`),
      ...(named.some(({ name }) => name === '.default') ? [`${resource}/.default`] : []),
    ].join(' '),
  }
}

/** Exactly one slash goes with the name, since some audiences end in one themselves. */
function resourceAndName(part: string, scope: string): { readonly resource: string; readonly name: string } {
  const [, resource, name] = absolute.exec(part) ?? []
  if (resource !== undefined && name !== undefined) return { resource, name }
  if (/^[A-Za-z][\w.-]*$/.test(part)) return { resource: graph, name: part }
  throw invalidScope(
    scope,
    ' The scope format is invalid. Scope must be in a valid URI form <https://example/scope> or a valid Guid <guid/scope>.',
  )
}
