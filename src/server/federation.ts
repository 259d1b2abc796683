import type { FederatedCredential } from '../directory/federated-credential.ts'
import type { ServicePrincipal } from '../directory/service-principal.ts'
import { listClusterIssuers } from '../resources/container-service/managed-cluster.ts'
import { credentialsOf } from '../resources/managed-identity/federated-credential.ts'
import type { Stores } from '../resources/unit-of-work.ts'
import { issuerOf, v2IssuerOf } from '../tokens/claims.ts'

/** The federated credentials of a principal: an application has its own, a user-assigned identity has them as resources below it. */
export async function federatedCredentialsOf(
  { kind, clientId, managedBy }: ServicePrincipal,
  { directory, resources }: Stores,
): Promise<readonly FederatedCredential[]> {
  if (kind === 'application') return (await directory.findApplication(clientId))?.federatedCredentials ?? []
  return kind === 'userAssigned' && managedBy !== undefined ? credentialsOf(resources, managedBy.toLowerCase()) : []
}

/** The issuers that this installation itself is: those of its tenant, and those of its clusters. All sign with the same keys. */
export function ownIssuers(tenantId: string, { resources }: Stores) {
  const ofTenant = new Set([issuerOf(tenantId), v2IssuerOf(tenantId)])
  const isClusterIssuer = async (issuer: string) => (await listClusterIssuers(resources)).includes(issuer)
  return { isClusterIssuer, isOwnIssuer: async (issuer: string) => ofTenant.has(issuer) || isClusterIssuer(issuer) }
}

/**
 * The user-assigned identity that takes the tokens of one subject of one issuer.
 * @returns its client id; undefined when there is none, or more than one
 */
export async function identityFederatedWith(
  { issuer, subject }: { readonly issuer: string; readonly subject: string },
  stores: Stores,
): Promise<string | undefined> {
  const principals = (await stores.directory.listServicePrincipals()).filter(({ kind }) => kind === 'userAssigned')
  const found = await Promise.all(
    principals.map(async (principal) => ({
      principal,
      credentials: await federatedCredentialsOf(principal, stores),
    })),
  )
  const [only, another] = found.filter(({ credentials }) =>
    credentials.some((one) => one.issuer === issuer && one.subject === subject),
  )
  return another === undefined ? only?.principal.clientId : undefined
}
