import { tenantDomain } from '../directory/tenant-domain.ts'

/** The tenant of all personal Microsoft accounts, which `consumers` stands for. */
const consumersId = '9188040d-6c67-4c5b-b112-36a304b66dad'

/** What the first segment of a path stands for. */
export interface Tenant {
  /** In the addresses of the discovery document. */
  readonly name: string
  /** In the issuer. Under `common` and `organizations` Entra leaves a placeholder: the tenant is the token's. */
  readonly issuerId: string
  /** Whether it is this installation's own tenant: the only one that applications are in. */
  readonly isHome: boolean
}

/**
 * @param segment as in the path
 * @param tenantId of this installation
 * @returns undefined for a tenant that is not here
 */
export function findTenant(segment: string, tenantId: string): Tenant | undefined {
  const name = segment.toLowerCase()
  if (name === tenantId || name === tenantDomain) return { name: tenantId, issuerId: tenantId, isHome: true }
  if (name === 'common' || name === 'organizations') return { name, issuerId: '{tenantid}', isHome: false }
  if (name === 'consumers' || name === consumersId) return { name, issuerId: consumersId, isHome: false }
  return undefined
}

/** Whether `segment` could name a tenant: a GUID, or a DNS name of at least two labels. */
export function couldBeTenant(segment: string): boolean {
  const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?'
  const dnsName = new RegExp(`^${label}(\\.${label})+$`, 'i')
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(segment) || dnsName.test(segment)
}
