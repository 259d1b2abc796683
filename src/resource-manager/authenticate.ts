import type { FastifyRequest } from 'fastify'
import type { Caller } from '../access-control/authorized.ts'
import { originOf } from '../http/http-app.ts'
import { TokenRejectedError, type TokenAuthority, type TokenRejection, type VerifiedToken } from '../tokens/token-authority.ts'
import { ArmError } from './arm-error.ts'

/** Every spelling of this resource that clients ask tokens for (wire.md, rule 7). */
const audiences = ['https://management.azure.com', 'https://management.core.windows.net']
const shownAudiences = audiences.toReversed().flatMap((audience) => [`'${audience}/'`, `'${audience}'`])
const tenantIssuer =
  /^https:\/\/(?:sts\.windows\.net|login\.microsoftonline\.com)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/v2\.0|\/)$/i

export interface Authentication {
  readonly authority: TokenAuthority
  /** Whether the principal of a token is there. */
  readonly holderExists: (token: VerifiedToken) => Promise<boolean>
  /** Milliseconds since the epoch. */
  readonly clock: () => number
}

/**
 * Who is calling: the token's signature, time, issuer and audience are checked, and that its principal still exists.
 * @throws ArmError 401 with the challenge that says where to get a token
 */
export async function authenticate(request: FastifyRequest, { authority, holderExists, clock }: Authentication): Promise<Caller> {
  const { tenantId } = authority
  const header = request.headers.authorization
  if (header === undefined) {
    throw refuse(tenantId, {
      code: 'AuthenticationFailed',
      message: "Authentication failed. The 'Authorization' header is missing.",
      description: "The authentication failed because of missing 'Authorization' header.",
    })
  }
  const [, token] = /^Bearer +(\S+) *$/i.exec(header) ?? []
  if (token === undefined) {
    throw refuse(tenantId, {
      code: 'AuthenticationFailedInvalidHeader',
      message: "Authentication failed. The 'Authorization' header is provided in an invalid format.",
      description: "The authentication failed because of invalid 'Authorization' header.",
    })
  }
  try {
    const verified = await authority.verify(token, [...audiences, originOf(request).baseUrl])
    const { objectId, clientId, tokenId, userPrincipalName } = verified
    if (await holderExists(verified)) return { objectId, clientId, tokenId, userPrincipalName }
  } catch (error) {
    if (!(error instanceof TokenRejectedError)) throw error
    throw refuse(tenantId, explain(error, token, tenantId, clock()), reasons[error.reason])
  }
  throw refuse(
    tenantId,
    invalidToken,
    'The token is good, and its principal is not there any more: the identity was switched off, or what it belongs to was deleted.',
  )
}

/** What is told to who asks why. */
const reasons: Readonly<Record<TokenRejection, string>> = {
  malformed: 'What was sent is no access token, or one without the claims that every access token has.',
  signature: 'No key of this installation made its signature: it is of another installation, or it was changed.',
  expired: 'It has expired. If it is new, compare the clocks: lanyard clock show.',
  notYetValid: 'It is not valid yet: the clocks differ by more than five minutes. Compare them: lanyard clock show.',
  issuer: 'It was not issued by this tenant.',
  audience: 'It was asked for with another resource than the one it is sent to.',
}

interface Refusal {
  readonly code: string
  readonly message: string
  /** For the challenge. */
  readonly description: string
}

const invalidToken: Refusal = {
  code: 'InvalidAuthenticationToken',
  message: 'The access token is invalid.',
  description: 'The access token is invalid.',
}

/** ARM's words for a rejection. @param now milliseconds since the epoch */
function explain({ reason, claims }: TokenRejectedError, token: string, tenantId: string, now: number): Refusal {
  if (reason === 'expired') {
    const expiry = usDate(Number(claims?.['exp']) * 1000)
    return {
      code: 'ExpiredAuthenticationToken',
      message: `The access token expiry UTC time '${expiry}' is earlier than current UTC time '${usDate(now)}'.`,
      description: 'The access token has expired.',
    }
  }
  if (reason === 'audience') {
    return {
      code: 'InvalidAuthenticationTokenAudience',
      message: `The access token has been obtained for wrong audience or resource '${String(claims?.['aud'])}'. It should exactly match with one of the allowed audiences ${shownAudiences.join(',')}.`,
      description: 'The access token is from the wrong audience or resource.',
    }
  }
  const foreign = foreignIssuer(token, tenantId)
  if (foreign === undefined) return invalidToken
  const own = `https://sts.windows.net/${tenantId}/`
  return {
    code: 'InvalidAuthenticationTokenTenant',
    message: `The access token is from the wrong issuer '${foreign}'. It must match the tenant '${own}' associated with this subscription. Please use the authority (URL) 'https://login.windows.net/${tenantId}' to get the token. Note, if the subscription is transferred to another tenant there is no impact to the services, but information about new tenant could take time to propagate (up to an hour). If you just transferred your subscription and see this error message, please try back later.`,
    description:
      'The access token is from the wrong issuer. It must match the tenant associated with this subscription. Please use correct authority to get the token.',
  }
}

/**
 * The issuer that a refused token claims, when it is another tenant: a token of real Azure, or of another installation, is
 * signed with a key that is unknown here, and saying so helps more than that it is invalid. Nothing is decided by it.
 */
function foreignIssuer(token: string, tenantId: string): string | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    const issuer = typeof claims === 'object' && claims !== null && 'iss' in claims ? claims.iss : undefined
    if (typeof issuer !== 'string') return undefined
    const [, tenant] = tenantIssuer.exec(issuer) ?? []
    return tenant === undefined || tenant.toLowerCase() === tenantId.toLowerCase() ? undefined : issuer
  } catch {
    return undefined
  }
}

/** A 401 with the challenge that tells where this tenant gives out tokens. */
function refuse(tenantId: string, { code, message, description }: Refusal, reason?: string): ArmError {
  const challenge = `Bearer authorization_uri="https://login.windows.net/${tenantId}", error="invalid_token", error_description="${description}"`
  return new ArmError(401, code, message, { 'www-authenticate': challenge }, reason)
}

/** `8/17/2017 10:54:41 PM`, as ARM writes times in this message. @param milliseconds since the epoch */
function usDate(milliseconds: number): string {
  return new Date(milliseconds).toLocaleString('en-US', { timeZone: 'UTC' }).replace(',', '').replaceAll('\u202F', ' ')
}
