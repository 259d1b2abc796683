import type { TokenGrant } from './grant-token.ts'
import type { MetadataAnswer } from './metadata-answer.ts'

/** A token is for the one who asked: no cache between may keep it. */
export const notStored = { 'Cache-Control': 'no-store' }

/**
 * The body of a successful token request (wire.md C.4). All values are text; `expires_on` stands after `expires_in`, since
 * MSAL for .NET reads both into one property and keeps the later one. The selector is repeated, as the service does: on Azure
 * Arc, MSAL takes no token without that.
 * @param now milliseconds since the epoch: a token from the cache has less than its whole life left
 */
export function tokenAnswer({ token, identity, resource, selector }: TokenGrant, now: number): MetadataAnswer {
  const secondsLeft = String(Math.max(0, token.expiresAt - Math.floor(now / 1000)))
  return {
    status: 200,
    body: JSON.stringify({
      access_token: token.accessToken,
      client_id: identity.principal.clientId,
      expires_in: secondsLeft,
      expires_on: String(token.expiresAt),
      ext_expires_in: secondsLeft,
      ...(selector?.by === 'resourceId' && { msi_res_id: selector.value }),
      not_before: String(token.notBefore),
      ...(selector?.by === 'objectId' && { object_id: selector.value }),
      resource,
      token_type: 'Bearer',
    }),
    headers: notStored,
  }
}
