import { X509Certificate } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose'
import { type FederatedCredential, matchFederatedCredential } from '../directory/federated-credential.ts'
import {
  assertionForAnother,
  assertionOutOfTime,
  invalidAssertionSignature,
  issuerUnreachable,
  malformedAssertion,
  noFederation,
  unknownCertificate,
  wrongAssertionAudience,
} from './entra-error.ts'
import { IssuerUnreachableError, type FindIssuerKeys } from './issuer-keys.ts'

/** What an assertion is held against. */
export interface AssertionContext {
  readonly clientId: string
  /** PEM; those of the application. */
  readonly certificates: readonly string[]
  readonly federatedCredentials: readonly FederatedCredential[]
  readonly findIssuerKeys: FindIssuerKeys
  /** Whether a certificate's assertion is meant for this authority. */
  readonly isOwnAudience: (audience: string) => boolean
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** Clocks may differ by as much, seconds. */
const tolerance = 300
const certificateAlgorithms = ['RS256', 'PS256']
const federatedAlgorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384']

/**
 * Checks a client assertion (RFC 7523): one that the client signed itself, by a certificate of its own, or one of another issuer,
 * by a federated credential.
 * @throws EntraError
 */
export async function verifyClientAssertion(assertion: string, context: AssertionContext): Promise<void> {
  const { claims, header } = read(assertion)
  const { iss: issuer } = claims
  if (typeof issuer !== 'string' || typeof claims.sub !== 'string') throw malformedAssertion()
  const isOwn = issuer.toLowerCase() === context.clientId.toLowerCase()
  return isOwn ? verifyOwn(assertion, claims, header, context) : verifyFederated(assertion, claims, context)
}

function read(assertion: string): { claims: JWTPayload; header: Record<string, unknown> } {
  try {
    return { claims: decodeJwt(assertion), header: { ...decodeProtectedHeader(assertion) } }
  } catch {
    throw malformedAssertion()
  }
}

async function verifyOwn(
  assertion: string,
  claims: JWTPayload,
  header: Record<string, unknown>,
  { certificates, clientId, isOwnAudience, now }: AssertionContext,
): Promise<void> {
  const parsed = certificates.map((pem) => new X509Certificate(pem))
  const certificate = parsed.find(
    ({ fingerprint, fingerprint256 }) =>
      isThumbprint(header['x5t'], fingerprint) || isThumbprint(header['x5t#S256'], fingerprint256),
  )
  if (!certificate) throw unknownCertificate(hexOf(header['x5t'] ?? header['x5t#S256']))
  await verify(assertion, claims, certificate.publicKey, certificateAlgorithms, now, () =>
    invalidAssertionSignature('The key was found, but use of the key to verify the signature failed.'),
  )
  if (claims.sub?.toLowerCase() !== clientId.toLowerCase()) throw assertionForAnother()
  if (!listOf(claims.aud).some(isOwnAudience)) throw wrongAssertionAudience()
}

async function verifyFederated(assertion: string, claims: JWTPayload, context: AssertionContext): Promise<void> {
  const presented = { issuer: claims.iss ?? '', subject: claims.sub ?? '', audiences: listOf(claims.aud) }
  const credential = matchFederatedCredential(context.federatedCredentials, presented)
  if (typeof credential === 'string') throw noFederation(credential, presented)
  const keys = await context.findIssuerKeys(presented.issuer).catch((error: unknown) => {
    throw error instanceof IssuerUnreachableError ? issuerUnreachable(error.message) : error
  })
  await verify(assertion, claims, keys, federatedAlgorithms, context.now, () =>
    invalidAssertionSignature('No key of the issuer verifies it.'),
  )
}

async function verify(
  assertion: string,
  claims: JWTPayload,
  key: Parameters<typeof jwtVerify>[1],
  algorithms: string[],
  now: number,
  invalid: () => Error,
): Promise<void> {
  try {
    const options = { algorithms, currentDate: new Date(now), clockTolerance: tolerance, requiredClaims: ['exp'] }
    // One function takes a key, another a way to find one.
    await (typeof key === 'function' ? jwtVerify(assertion, key, options) : jwtVerify(assertion, key, options))
  } catch (error) {
    if (error instanceof IssuerUnreachableError) throw issuerUnreachable(error.message)
    if (error instanceof errors.JWTExpired || isClaim(error, 'nbf')) throw assertionOutOfTime(claims, now)
    if (error instanceof errors.JOSEError) throw isClaim(error, 'exp') ? malformedAssertion() : invalid()
    throw error
  }
}

function isClaim(error: unknown, claim: string): boolean {
  return error instanceof errors.JWTClaimValidationFailed && error.claim === claim
}

function listOf(audience: JWTPayload['aud']): readonly string[] {
  return audience === undefined ? [] : [audience].flat()
}

/** @param fingerprint hexadecimal with colons, as Node gives it */
function isThumbprint(given: unknown, fingerprint: string): boolean {
  return hexOf(given) === fingerprint.replaceAll(':', '')
}

function hexOf(thumbprint: unknown): string {
  return typeof thumbprint === 'string' ? Buffer.from(thumbprint, 'base64url').toString('hex').toUpperCase() : ''
}
