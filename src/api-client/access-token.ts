import { tokenClaims, tokenResponse, type TokenClaims } from '../contracts/token-response.ts'
import { parseJson, TokenRefusedError, UnexpectedAnswerError } from './errors.ts'
import type { Reply } from './transport.ts'

export interface AccessToken {
  readonly accessToken: string
  readonly tokenType: string
  /** Seconds since the epoch. */
  readonly expiresOn: number
}

/** Asks for a token for an audience, for instance `https://vault.azure.net`. */
export type TokenSource = (resource: string) => Promise<AccessToken>

/**
 * Reads a token out of a token source's answer.
 * @param now milliseconds since the epoch
 * @throws TokenRefusedError for an error answer, UnexpectedAnswerError for something that is not a token
 */
export function readToken(reply: Reply, now: number): AccessToken {
  if (reply.status !== 200) throw new TokenRefusedError(reply.status, reply.text)
  const parsed = tokenResponse.safeParse(parseJson(reply.text))
  if (!parsed.success) throw new UnexpectedAnswerError('The token source answered something that is not a token.')
  const { access_token: accessToken, token_type: tokenType, expires_on: expiresOn, expires_in: expiresIn } = parsed.data
  const expiry = expiresOn ?? (expiresIn === undefined ? undefined : Math.floor(now / 1000) + expiresIn)
  if (expiry === undefined) throw new UnexpectedAnswerError('The token source answered a token without an expiry.')
  return { accessToken, tokenType, expiresOn: expiry }
}

/**
 * The claims of a token that this client was given; the signature is not checked, since the client is not its audience.
 * @throws UnexpectedAnswerError when the token is not a JWT with a `tid`
 */
export function readClaims(accessToken: string): TokenClaims {
  const payload = accessToken.split('.')[1] ?? ''
  const parsed = tokenClaims.safeParse(parseJson(Buffer.from(payload, 'base64url').toString('utf8')))
  if (!parsed.success) throw new UnexpectedAnswerError('The access token does not say its tenant.')
  return parsed.data
}
