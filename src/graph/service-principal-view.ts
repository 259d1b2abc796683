import type { Application } from '../directory/application.ts'
import type { ServicePrincipal } from '../directory/service-principal.ts'
import type { EntityType, EntityView } from './entity.ts'

export const servicePrincipalType = '#microsoft.graph.servicePrincipal'

/**
 * The properties of a service principal. Those that Lanyard knows nothing of have the value that Graph gives when they are not set.
 * @param application that the principal is of; undefined for a managed identity, which has none
 */
export function viewServicePrincipal(
  principal: ServicePrincipal,
  application: Application | undefined,
  tenantId: string,
): EntityView {
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

export const servicePrincipalEntity: EntityType = {
  name: 'servicePrincipal',
  resource: 'ServicePrincipal',
  propertyNames: Object.keys(
    viewServicePrincipal(
      { objectId: '', clientId: '', displayName: '', kind: 'application', managedBy: undefined, createdAt: 0 },
      undefined,
      '',
    ),
  ),
  filterable: {
    id: 'string',
    appId: 'string',
    displayName: 'string',
    appDisplayName: 'string',
    appOwnerOrganizationId: 'string',
    servicePrincipalType: 'string',
    accountEnabled: 'boolean',
    servicePrincipalNames: 'collection',
    alternativeNames: 'collection',
    tags: 'collection',
  },
}

/** Whether the identity is a resource of its own. */
function explicitness({ kind }: ServicePrincipal): 'True' | 'False' {
  return kind === 'userAssigned' ? 'True' : 'False'
}
