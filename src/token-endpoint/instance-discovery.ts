import { authorityUrl, isLoopback } from './discovery.ts'
import { unknownInstance } from './entra-error.ts'

const publicHosts = ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net']

/**
 * What instance discovery answers for the authority that a client asks about (wire.md E.1).
 * @param authorizationEndpoint `https://HOST/TENANT/oauth2/v2.0/authorize`
 * @param baseUrl as the client reached this endpoint
 * @throws EntraError AADSTS50049 when that is no https URL of an authority served here with a tenant in its path
 */
export function instanceDiscovery(authorizationEndpoint: unknown, baseUrl: string): object {
  const url = typeof authorizationEndpoint === 'string' ? URL.parse(authorizationEndpoint) : null
  const tenant = url?.pathname.split('/')[1]
  if (url?.protocol !== 'https:' || !tenant) throw unknownInstance()
  const isPublic = publicHosts.includes(url.host)
  if (!isPublic && !isLoopback(url.hostname)) throw unknownInstance()
  const version = /\/v2\.0\//i.test(url.pathname) ? '/v2.0' : ''
  // Some clients drop the port when they ask about an authority on loopback. Where they reached us they reach us again.
  const origin = isPublic || url.port !== '' ? `https://${url.host}` : authorityUrl(baseUrl)
  return {
    tenant_discovery_endpoint: `${origin}/${tenant}${version}/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [
      isPublic
        ? { preferred_network: publicHosts[0], preferred_cache: 'login.windows.net', aliases: publicHosts }
        : { preferred_network: url.host, preferred_cache: url.host, aliases: [url.host] },
    ],
  }
}
