import type { Application } from '../directory/application.ts'
import type { ServicePrincipal } from '../directory/service-principal.ts'

export type GraphValue = string | boolean | null | readonly GraphValue[] | { readonly [name: string]: GraphValue }

/** A `servicePrincipal` as Microsoft Graph shows it, property by property. */
export type ServicePrincipalView = Readonly<Record<string, GraphValue>> & { readonly id: string; readonly displayName: string }

export const servicePrincipalType = '#microsoft.graph.servicePrincipal'

/**
 * The properties of a service principal. Those that Lanyard knows nothing of have the value that Graph gives when they are not set.
 * @param application that the principal is of; undefined for a managed identity, which has none
 */
export function viewServicePrincipal(
  principal: ServicePrincipal,
  application: Application | undefined,
  tenantId: string,
): ServicePrincipalView {
  const { managedBy } = principal
  return {
    id: principal.objectId,
    deletedDateTime: null,
    accountEnabled: true,
    alternativeNames: managedBy === undefined ? [] : [`isExplicit=${explicitness(principal)}`, managedBy],
    appDescription: null,
    appDisplayName: application?.displayName ?? null,
    appId: principal.clientId,
    applicationTemplateId: null,
    appOwnerOrganizationId: application ? tenantId : null,
    appRoleAssignmentRequired: false,
    createdDateTime: `${new Date(principal.createdAt).toISOString().slice(0, 19)}Z`,
    description: null,
    disabledByMicrosoftStatus: null,
    displayName: principal.displayName,
    homepage: null,
    loginUrl: null,
    logoutUrl: null,
    notes: null,
    notificationEmailAddresses: [],
    preferredSingleSignOnMode: null,
    replyUrls: [],
    // The client id first: az takes the first for the principal's name.
    servicePrincipalNames: [principal.clientId, ...(application?.identifierUris ?? [])],
    servicePrincipalType: principal.kind === 'application' ? 'Application' : 'ManagedIdentity',
    signInAudience: application ? 'AzureADMyOrg' : null,
    tags: [],
    tokenEncryptionKeyId: null,
    addIns: [],
    appRoles: [],
    keyCredentials: [],
    oauth2PermissionScopes: [],
    passwordCredentials: [],
  }
}

/** The names of all properties. */
export const propertyNames: readonly string[] = Object.keys(
  viewServicePrincipal(
    { objectId: '', clientId: '', displayName: '', kind: 'application', managedBy: undefined, createdAt: 0 },
    undefined,
    '',
  ),
)

/** Whether the identity is a resource of its own. */
function explicitness({ kind }: ServicePrincipal): 'True' | 'False' {
  return kind === 'userAssigned' ? 'True' : 'False'
}
