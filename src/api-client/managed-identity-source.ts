import { readToken, type TokenSource } from './access-token.ts'
import { ConnectionError, reasonOf } from './errors.ts'
import type { Transport } from './transport.ts'

/** Which of the host's identities is meant; none: the host decides. */
export type IdentitySelector =
  | { readonly by: 'clientId'; readonly value: string }
  | { readonly by: 'objectId'; readonly value: string }
  | { readonly by: 'resourceId'; readonly value: string }

export interface ManagedIdentityOptions {
  readonly transport: Transport
  /** Origin of the instance metadata service. */
  readonly metadata: string
  readonly selector: IdentitySelector | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  readonly clock: () => number
  readonly newGuid: () => string
}

/** A machine that is not in Azure has nobody at the metadata address: say so soon. */
const timeout = 5000
const retries = 3
const metadataParameters = { clientId: 'client_id', objectId: 'object_id', resourceId: 'msi_res_id' } as const
const appServiceParameters = { clientId: 'client_id', objectId: 'principal_id', resourceId: 'mi_res_id' } as const

/**
 * Tokens of the host's managed identity: from App Service's endpoint when `IDENTITY_ENDPOINT` and `IDENTITY_HEADER` are set,
 * else from the instance metadata service.
 */
export function createManagedIdentitySource(options: ManagedIdentityOptions): TokenSource {
  return async (resource) => {
    const { url, headers } = tokenRequest(options, resource)
    const reply = await options
      .transport({ method: 'GET', url, headers: { ...headers, 'x-ms-client-request-id': options.newGuid() }, timeout, retries })
      .catch((error: unknown) => {
        if (!(error instanceof ConnectionError)) throw error
        throw new ManagedIdentityUnreachableError(url, error)
      })
    return readToken(reply, options.clock())
  }
}

/** Nothing answers where a managed identity's tokens come from. */
export class ManagedIdentityUnreachableError extends Error {
  override name = 'ManagedIdentityUnreachableError'
  constructor(url: string, cause: ConnectionError) {
    super(`MSI: Failed to retrieve a token from '${url.split('?')[0] ?? url}' with an error of '${reasonOf(cause)}'`, { cause })
  }
}

function tokenRequest(options: ManagedIdentityOptions, resource: string): { url: string; headers: Record<string, string> } {
  const { IDENTITY_ENDPOINT: appService, IDENTITY_HEADER: secret } = options.env
  const inAppService = Boolean(appService && secret)
  const query = new URLSearchParams({ 'api-version': inAppService ? '2019-08-01' : '2018-02-01', resource })
  const { selector } = options
  if (selector) query.set((inAppService ? appServiceParameters : metadataParameters)[selector.by], selector.value)
  if (appService && secret) return { url: `${appService}?${query}`, headers: { 'X-IDENTITY-HEADER': secret } }
  return { url: `${options.metadata}/metadata/identity/oauth2/token?${query}`, headers: { Metadata: 'true' } }
}
