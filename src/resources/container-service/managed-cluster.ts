import { objectAt } from '../json-merge-patch.ts'
import type { ResourceStore } from '../resource.ts'
import type { ResourceKind } from '../resource-kind.ts'

const type = 'Microsoft.ContainerService/managedClusters'

/** Hosts of the issuers of clusters are below it, one for each region. */
export const clusterIssuerDomain = 'oic.prod-aks.azure.com'

/**
 * `Microsoft.ContainerService/managedClusters`, as far as workload identity asks: a cluster whose issuer is enabled gets an address
 * for it that stays.
 */
export const managedClusterKind: ResourceKind = {
  type,
  needsLocation: true,
  mayHaveIdentity: true,
  async complete({ stores, properties, current, location, newGuid }) {
    const sent = objectAt(properties, 'oidcIssuerProfile')
    const known = objectAt(current?.properties ?? {}, 'oidcIssuerProfile')['issuerURL']
    const tenantId = await stores.directory.tenantId()
    const issuerURL = known ?? `https://${location ?? 'westeurope'}.${clusterIssuerDomain}/${tenantId}/${newGuid()}/`
    return {
      ...properties,
      ...(sent['enabled'] === true && { oidcIssuerProfile: { enabled: true, issuerURL } }),
      provisioningState: 'Succeeded',
    }
  },
}

/** The issuer that a cluster's properties name; undefined while it has none. */
export function clusterIssuer(properties: Readonly<Record<string, unknown>>): string | undefined {
  const url = objectAt(properties, 'oidcIssuerProfile')['issuerURL']
  return typeof url === 'string' ? url : undefined
}

/** The issuers of all clusters. */
export async function listClusterIssuers(resources: Pick<ResourceStore, 'listResourcesOfType'>): Promise<readonly string[]> {
  const clusters = await resources.listResourcesOfType(type)
  return clusters.flatMap(({ properties }) => clusterIssuer(properties) ?? [])
}
