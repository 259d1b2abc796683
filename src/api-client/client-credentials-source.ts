import { readToken, type TokenSource } from './access-token.ts'
import type { Transport } from './transport.ts'

export interface ClientCredentialsOptions {
  readonly transport: Transport
  /** Origin of the authority. */
  readonly authority: string
  readonly tenant: string
  readonly clientId: string
  readonly secret: string
  readonly clock: () => number
  readonly newGuid: () => string
}

/** Tokens of a service principal that signs in with a secret: OAuth 2.0 client credentials at the v2 endpoint. */
export function createClientCredentialsSource(options: ClientCredentialsOptions): TokenSource {
  return async (resource) => {
    const reply = await options.transport({
      method: 'POST',
      url: `${options.authority}/${encodeURIComponent(options.tenant)}/oauth2/v2.0/token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'client-request-id': options.newGuid() },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: options.clientId,
        client_secret: options.secret,
        // A resource that ends in a slash keeps it: `https://management.core.windows.net//.default` is Entra's own rule.
        scope: resource.endsWith('/.default') ? resource : `${resource}/.default`,
      }).toString(),
      timeout: 30_000,
      retries: 3,
    })
    return readToken(reply, options.clock())
  }
}
