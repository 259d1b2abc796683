import { isLoopback } from './discovery.ts'
import { findTenant } from './tenant.ts'

const hosts = new Set(['login.microsoftonline.com', 'login.microsoft.com', 'login.windows.net', 'sts.windows.net'])

/**
 * Whether the assertion of a certificate is meant for the authority of this tenant: its audience is a token address of it, in any of
 * its spellings, or the tenant's issuer (RFC 7523 3).
 */
export function isOwnAudience(audience: string, tenantId: string): boolean {
  const url = URL.parse(audience)
  if (!url || url.protocol !== 'https:' || !(hosts.has(url.hostname) || isLoopback(url.hostname))) return false
  const [, segment = '', rest = ''] = /^\/([^/]+)\/?(.*?)\/?$/.exec(url.pathname) ?? []
  return findTenant(segment, tenantId)?.isHome === true && ['', 'v2.0', 'oauth2/token', 'oauth2/v2.0/token'].includes(rest)
}
