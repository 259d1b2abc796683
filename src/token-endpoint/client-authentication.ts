import { decodeJwt, decodeProtectedHeader } from 'jose'
import {
  expiredSecret,
  malformedAssertion,
  missingCredential,
  unknownApplication,
  unknownCertificate,
  unknownFederation,
  wrongSecret,
} from './entra-error.ts'

/** How a directory checks a client secret. */
export type AuthenticateApplication = (clientId: string, secret: string) => Promise<'ok' | 'unknown' | 'wrongSecret' | 'expired'>

/**
 * Puts the client's credentials of a Basic header into the form (RFC 6749 2.3.1); they win over those of the form.
 * @param authorization the header
 */
export function formWithBasic(form: URLSearchParams, authorization: string | undefined): URLSearchParams {
  const [, basic] = /^Basic +(\S+)$/i.exec(authorization ?? '') ?? []
  if (basic === undefined) return form
  const [id = '', ...secret] = Buffer.from(basic, 'base64').toString('utf8').split(':')
  const combined = new URLSearchParams(form)
  combined.set('client_id', decoded(id))
  combined.set('client_secret', decoded(secret.join(':')))
  return combined
}

/**
 * Checks that the request comes from the application that it names.
 * @param form client_id and client_secret, or client_id and client_assertion
 * @throws EntraError
 */
export async function authenticateClient(
  form: URLSearchParams,
  tenantId: string,
  authenticateApplication: AuthenticateApplication,
): Promise<void> {
  const clientId = form.get('client_id') ?? ''
  const secret = form.get('client_secret') ?? ''
  const assertion = form.get('client_assertion') ?? ''
  if (secret === '' && assertion === '') throw missingCredential()
  const outcome = await authenticateApplication(clientId, secret)
  if (outcome === 'unknown') throw unknownApplication(clientId, tenantId)
  // Never passed over in favour of a secret beside it: a client that sends one means to be known by it.
  if (assertion !== '') throw refusedAssertion(assertion, clientId)
  if (outcome === 'wrongSecret') throw wrongSecret(clientId)
  if (outcome === 'expired') throw expiredSecret(clientId)
}

/** Applications have neither certificates nor federated credentials yet, so what is true of any assertion is that none matches. */
function refusedAssertion(assertion: string, clientId: string): Error {
  try {
    const { iss } = decodeJwt(assertion)
    const { x5t, 'x5t#S256': x5tS256 } = decodeProtectedHeader(assertion) as Record<string, unknown>
    if (typeof iss !== 'string') return malformedAssertion()
    if (iss.toLowerCase() !== clientId.toLowerCase()) return unknownFederation(iss)
    const thumbprint = typeof x5t === 'string' ? x5t : typeof x5tS256 === 'string' ? x5tS256 : ''
    return unknownCertificate(Buffer.from(thumbprint, 'base64url').toString('hex').toUpperCase())
  } catch {
    return malformedAssertion()
  }
}

/** Credentials are form-encoded in the header (RFC 6749 2.3.1); clients that leave that out send them as they are. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
