import type { IssuedToken } from '../tokens/token-authority.ts'
import type { MetadataAnswer } from './metadata-answer.ts'
import type { Selector } from './select-identity.ts'

/**
 * The body of a successful token request (wire.md C.4). All values are text; `expires_on` stands after `expires_in`, since
 * MSAL for .NET reads both into one property and keeps the later one.
 * @param selector what the identity was asked for by: the service repeats it
 * @param now milliseconds since the epoch: a token from the cache has less than its whole life left
 */
export function tokenAnswer(
  token: IssuedToken,
  clientId: string,
  resource: string,
  selector: Selector | undefined,
  now: number,
): MetadataAnswer {
  const secondsLeft = String(Math.max(0, token.expiresAt - Math.floor(now / 1000)))
  return {
    status: 200,
    body: JSON.stringify({
      access_token: token.accessToken,
      client_id: clientId,
      expires_in: secondsLeft,
      expires_on: String(token.expiresAt),
      ext_expires_in: secondsLeft,
      ...(selector?.by === 'resourceId' && { msi_res_id: selector.value }),
      not_before: String(token.notBefore),
      ...(selector?.by === 'objectId' && { object_id: selector.value }),
      resource,
      token_type: 'Bearer',
    }),
    headers: { 'Cache-Control': 'no-store' },
  }
}
