import { findService } from '../azure-services/find-service.ts'
import type { SignIn } from '../logs/sign-in.ts'

/** A sign-in as Microsoft Graph shows it, and `lanyard`: what the row stands for, and the claims of its token. */
export type SignInView = Readonly<Record<string, unknown>> & { readonly id: string; readonly createdDateTime: string }

/** The properties of a sign-in (Graph, resource type signIn). The resource is told by its audience, since services have no principals here. */
export function viewSignIn(signIn: SignIn, tenantId: string): SignInView {
  const { principal, resource, failure } = signIn
  const isUser = principal?.kind === 'user'
  const ofService = principal && !isUser ? principal : undefined
  return {
    id: signIn.id,
    createdDateTime: new Date(signIn.time).toISOString(),
    userDisplayName: isUser ? principal.displayName : null,
    userPrincipalName: isUser ? principal.userPrincipalName : null,
    userId: isUser ? principal.objectId : null,
    appId: ofService?.clientId ?? signIn.clientId ?? null,
    appDisplayName: ofService?.displayName ?? null,
    ipAddress: signIn.ipAddress ?? null,
    clientAppUsed: null,
    correlationId: signIn.correlationId,
    conditionalAccessStatus: 'notApplied',
    isInteractive: signIn.isInteractive,
    authenticationProtocol: 'none',
    clientCredentialType: signIn.method,
    incomingTokenType: 'none',
    userAgent: signIn.userAgent ?? null,
    resourceDisplayName: resource === undefined ? null : (findService(resource) ?? resource),
    resourceId: resource ?? null,
    resourceTenantId: tenantId,
    homeTenantId: tenantId,
    servicePrincipalId: ofService?.objectId ?? null,
    servicePrincipalName: ofService?.displayName ?? null,
    signInEventTypes: [eventType(signIn)],
    tokenIssuerType: 'AzureAD',
    uniqueTokenIdentifier: signIn.tokenId ?? null,
    status: { errorCode: failure?.errorCode ?? 0, failureReason: failure?.reason ?? null, additionalDetails: null },
    managedServiceIdentity: {
      msiType: principal?.kind === 'systemAssigned' || principal?.kind === 'userAssigned' ? principal.kind : 'none',
      associatedResourceId: signIn.method === 'managedIdentity' ? (signIn.machineId ?? null) : null,
      federatedTokenId: null,
      federatedTokenIssuer: null,
    },
    lanyard: {
      count: signIn.count,
      lastDateTime: new Date(signIn.lastTime).toISOString(),
      machineId: signIn.machineId ?? null,
      claims: signIn.claims ?? null,
    },
  }
}

/** By which users sign in, whether or not it was told which one. */
const userMethods: ReadonlySet<string> = new Set(['password', 'authorizationCode', 'refreshToken'])

/** Graph's four kinds of sign-in. */
function eventType({ principal, method, isInteractive }: SignIn): string {
  if (principal?.kind === 'user' || userMethods.has(method)) return isInteractive ? 'interactiveUser' : 'nonInteractiveUser'
  return method === 'managedIdentity' ? 'managedIdentity' : 'servicePrincipal'
}
