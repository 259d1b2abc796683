/** How a service principal came to be: by a resource's identity block, by a user-assigned identity, or by an application. */
export type ServicePrincipalKind = 'systemAssigned' | 'userAssigned' | 'application'

/** A service principal of the tenant (Microsoft Graph `servicePrincipal`). */
export interface ServicePrincipal {
  /** `oid` in tokens, `principalId` in role assignments. GUID, lower case. */
  readonly objectId: string
  /** `appid` in tokens, `clientId` in selectors. GUID, lower case. */
  readonly clientId: string
  readonly displayName: string
  readonly kind: ServicePrincipalKind
  /** ARM id, as written, of the host resource (systemAssigned) or of the user-assigned identity; undefined for an application. */
  readonly managedBy: string | undefined
  /** Milliseconds since the epoch. */
  readonly createdAt: number
}
