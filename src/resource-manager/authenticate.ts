import type { FastifyRequest } from 'fastify'
import type { Caller } from '../access-control/authorized.ts'
import type { DirectoryStore } from '../directory/directory-store.ts'
import { originOf } from '../http/http-app.ts'
import { TokenRejectedError, type TokenAuthority } from '../tokens/token-authority.ts'
import { ArmError } from './arm-error.ts'

/** Every spelling of this resource that clients ask tokens for (wire.md, rule 7). */
const audiences = ['https://management.azure.com', 'https://management.core.windows.net']
const shownAudiences = audiences.toReversed().flatMap((audience) => [`'${audience}/'`, `'${audience}'`])

export interface Authentication {
  readonly authority: TokenAuthority
  readonly directory: Pick<DirectoryStore, 'findServicePrincipal'>
  /** Milliseconds since the epoch. */
  readonly clock: () => number
}

/**
 * Who is calling: the token's signature, time, issuer and audience are checked, and that its principal still exists.
 * @throws ArmError 401 with the challenge that says where to get a token
 */
export async function authenticate(request: FastifyRequest, { authority, directory, clock }: Authentication): Promise<Caller> {
  const refuse = (code: string, message: string, description: string) =>
    new ArmError(401, code, message, {
      'www-authenticate': `Bearer authorization_uri="https://login.windows.net/${authority.tenantId}", error="invalid_token", error_description="${description}"`,
    })
  const header = request.headers.authorization
  if (header === undefined) {
    throw refuse(
      'AuthenticationFailed',
      "Authentication failed. The 'Authorization' header is missing.",
      "The authentication failed because of missing 'Authorization' header.",
    )
  }
  const [, token] = /^Bearer +(\S+)$/i.exec(header) ?? []
  const invalid = refuse('InvalidAuthenticationToken', 'The access token is invalid.', 'The access token is invalid.')
  if (token === undefined) throw invalid
  try {
    const verified = await authority.verify(token, [...audiences, originOf(request).baseUrl])
    if (!(await directory.findServicePrincipal(verified.objectId))) throw invalid
    return { objectId: verified.objectId, clientId: verified.clientId }
  } catch (error) {
    if (!(error instanceof TokenRejectedError)) throw error
    const { reason, claims } = error
    if (reason === 'expired') {
      const expiry = usDate(Number(claims?.['exp']) * 1000)
      throw refuse(
        'ExpiredAuthenticationToken',
        `The access token expiry UTC time '${expiry}' is earlier than current UTC time '${usDate(clock())}'.`,
        'The access token has expired.',
      )
    }
    if (reason === 'audience') {
      throw refuse(
        'InvalidAuthenticationTokenAudience',
        `The access token has been obtained for wrong audience or resource '${String(claims?.['aud'])}'. It should exactly match with one of the allowed audiences ${shownAudiences.join(',')}.`,
        'The access token is from the wrong audience or resource.',
      )
    }
    throw invalid
  }
}

/** `8/17/2017 10:54:41 PM`, as ARM writes times in this message. */
function usDate(milliseconds: number): string {
  return new Date(milliseconds).toLocaleString('en-US', { timeZone: 'UTC' }).replace(', ', ' ').replace(' ', ' ')
}
