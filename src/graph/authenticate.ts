import type { DirectoryStore } from '../directory/directory-store.ts'
import { TokenRejectedError, type TokenAuthority, type TokenRejection, type VerifiedToken } from '../tokens/token-authority.ts'
import { invalidToken, unknownCaller } from './graph-error.ts'

const audiences = ['https://graph.microsoft.com', '00000003-0000-0000-c000-000000000000']

const withoutDots =
  "IDX14100: JWT is not well formed, there are no dots (.).\nThe token needs to be in JWS or JWE Compact Serialization Format. (JWS): 'EncodedHeader.EncodedPayload.EncodedSignature'. (JWE): 'EncodedProtectedHeader.EncodedEncryptedKey.EncodedInitializationVector.EncodedCiphertext.EncodedAuthenticationTag'."

const messages: Readonly<Record<TokenRejection, string>> = {
  malformed: 'CompactToken parsing failed with error code: 80049217',
  signature: 'Signature is invalid.',
  expired: 'Lifetime validation failed, the token is expired.',
  notYetValid: 'Access token has expired or is not yet valid.',
  issuer: 'Access token validation failure. Invalid issuer.',
  audience: 'Access token validation failure. Invalid audience.',
}

/**
 * Lets a request through whose token is for Graph, and whose principal still exists.
 * @param authorization the header
 * @returns who calls
 * @throws GraphError 401, with Graph's own words for each cause
 */
export async function authenticate(
  authorization: string | undefined,
  { authority, directory }: { authority: TokenAuthority; directory: Pick<DirectoryStore, 'findServicePrincipal' | 'findUser'> },
): Promise<VerifiedToken> {
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? []
  if (token === undefined) throw invalidToken('Access token is empty.')
  if (!token.includes('.')) throw invalidToken(withoutDots)
  const verified = await authority.verify(token, audiences).catch((error: unknown) => {
    throw error instanceof TokenRejectedError ? invalidToken(messages[error.reason]) : error
  })
  const { objectId } = verified
  if (!((await directory.findServicePrincipal(objectId)) ?? (await directory.findUser(objectId)))) throw unknownCaller()
  return verified
}
