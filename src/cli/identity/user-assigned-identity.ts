import { apiVersions } from '../../api-client/index.ts'
import type { NamedKind } from '../session/named-resource.ts'

export const identityKind: NamedKind = {
  label: 'user-assigned identity',
  type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
}

/** The identity's path with its version. */
export const identityPath = (id: string): string => `${id}?api-version=${apiVersions.identities}`
