import type { KeyObject } from 'node:crypto'
import { compactVerify, errors } from 'jose'
import { issuerOf, v2IssuerOf } from './claims.ts'
import { TokenRejectedError, type VerifiedToken } from './token-authority.ts'

// Nodes on one database may differ by this much, and a token may reach another node within a millisecond.
const clockSkewSeconds = 300

export interface Verification {
  readonly tenantId: string
  /** Those accepted, compared without a trailing slash and case-insensitively. */
  readonly audiences: readonly string[]
  /** Seconds since the epoch. */
  readonly now: number
  /** Undefined when no such key is published. */
  readonly findKey: (kid: string) => Promise<KeyObject | undefined>
}

/**
 * Checks an access token's signature, issuer, times and audience, in this order.
 * @throws TokenRejectedError
 */
export async function verifyToken(accessToken: string, verification: Verification): Promise<VerifiedToken> {
  const { tenantId, audiences, now } = verification
  const claims = parseClaims(await verifiedPayload(accessToken, verification))
  const { iss, aud, nbf, exp, oid, uti, idtyp, upn } = claims
  const clientId = claims['appid'] ?? claims['azp']
  if (typeof aud !== 'string' || typeof exp !== 'number' || typeof oid !== 'string' || typeof clientId !== 'string') {
    throw new TokenRejectedError('malformed', claims)
  }
  if (iss !== issuerOf(tenantId) && iss !== v2IssuerOf(tenantId)) throw new TokenRejectedError('issuer', claims)
  if (typeof nbf === 'number' && nbf > now + clockSkewSeconds) throw new TokenRejectedError('notYetValid', claims)
  if (exp <= now) throw new TokenRejectedError('expired', claims)
  const audience = comparable(aud)
  if (!audiences.some((accepted) => comparable(accepted) === audience)) throw new TokenRejectedError('audience', claims)
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
  return {
    tokenId: text(uti),
    tenantId,
    objectId: oid,
    clientId,
    userPrincipalName: idtyp === 'user' ? text(upn) : undefined,
    audience: aud,
    expiresAt: exp,
  }
}

async function verifiedPayload(accessToken: string, { findKey }: Verification): Promise<Uint8Array> {
  try {
    const { payload } = await compactVerify(
      accessToken,
      async ({ kid }) => {
        const key = kid === undefined ? undefined : await findKey(kid)
        if (!key) throw new TokenRejectedError('signature')
        return key
      },
      { algorithms: ['RS256'] },
    )
    return payload
  } catch (error) {
    if (error instanceof errors.JWSInvalid) throw new TokenRejectedError('malformed')
    if (error instanceof errors.JOSEError) throw new TokenRejectedError('signature')
    throw error
  }
}

function parseClaims(payload: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const claims: unknown = JSON.parse(new TextDecoder().decode(payload))
    if (typeof claims === 'object' && claims !== null && !Array.isArray(claims)) return claims as Record<string, unknown>
  } catch {
    // Falls through: not JSON is as malformed as JSON that is no object.
  }
  throw new TokenRejectedError('malformed')
}

function comparable(audience: string): string {
  return audience.replace(/\/+$/, '').toLowerCase()
}
