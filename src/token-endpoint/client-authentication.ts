import type { FederatedCredential } from '../directory/federated-credential.ts'
import type { ServicePrincipal } from '../directory/service-principal.ts'
import { verifyClientAssertion, type AssertionContext } from './client-assertion.ts'
import { expiredSecret, missingCredential, unknownApplication, wrongSecret } from './entra-error.ts'

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

/** What the token endpoint needs to know a client by. */
export interface ClientDirectory {
  findServicePrincipalByClientId(clientId: string): Promise<ServicePrincipal | undefined>
  readonly authenticateApplication: AuthenticateApplication
  /** PEM; those of an application. */
  certificatesOf(principal: ServicePrincipal): Promise<readonly string[]>
  /** Those of an application or of a user-assigned identity. */
  federatedCredentialsOf(principal: ServicePrincipal): Promise<readonly FederatedCredential[]>
}

/** A client that proved itself. */
export interface AuthenticatedClient {
  readonly principal: ServicePrincipal
  readonly provedBy: 'secret' | 'assertion'
}

/**
 * Checks that the request comes from the client that it names.
 * @param form client_id and client_secret, or client_id and client_assertion
 * @throws EntraError
 */
export async function authenticateClient(
  form: URLSearchParams,
  tenantId: string,
  directory: ClientDirectory,
  assertions: Pick<AssertionContext, 'findIssuerKeys' | 'isOwnAudience' | 'now'>,
): Promise<AuthenticatedClient> {
  const clientId = form.get('client_id') ?? ''
  const secret = form.get('client_secret') ?? ''
  const assertion = form.get('client_assertion') ?? ''
  if (secret === '' && assertion === '') throw missingCredential()
  const principal = await directory.findServicePrincipalByClientId(clientId)
  // A system-assigned identity is known to its host alone.
  if (!principal || principal.kind === 'systemAssigned') throw unknownApplication(clientId, tenantId)
  // Never passed over in favour of a secret beside it: a client that sends one means to be known by it.
  if (assertion !== '') {
    const [certificates, federatedCredentials] = await Promise.all([
      directory.certificatesOf(principal),
      directory.federatedCredentialsOf(principal),
    ])
    await verifyClientAssertion(assertion, { ...assertions, clientId, certificates, federatedCredentials })
    return { principal, provedBy: 'assertion' }
  }
  const outcome = await directory.authenticateApplication(clientId, secret)
  if (outcome === 'unknown') throw unknownApplication(clientId, tenantId)
  if (outcome === 'wrongSecret') throw wrongSecret(clientId)
  if (outcome === 'expired') throw expiredSecret(clientId)
  return { principal, provedBy: 'secret' }
}

/** Credentials are form-encoded in the header (RFC 6749 2.3.1); clients that leave that out send them as they are. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
