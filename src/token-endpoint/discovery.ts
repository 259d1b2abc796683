import { unknownInstance } from './entra-error.ts'

const publicAuthority = 'https://login.microsoftonline.com'

/** The authority's own address: as the client reached it on loopback, the public name elsewhere. */
export function authorityUrl(baseUrl: string): string {
  return /^https:\/\/(localhost|127\.0\.0\.1)(:|$)/.test(baseUrl) ? baseUrl : publicAuthority
}

/** The OpenID configuration (wire.md E.1); `tenant` as the path named it. */
export function openidConfiguration(authority: string, tenant: string, tenantId: string, version: 1 | 2): object {
  const path = version === 2 ? 'oauth2/v2.0' : 'oauth2'
  return {
    token_endpoint: `${authority}/${tenant}/${path}/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    jwks_uri: `${authority}/${tenant}/discovery/${version === 2 ? 'v2.0/' : ''}keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: version === 2 ? `${publicAuthority}/${tenantId}/v2.0` : `https://sts.windows.net/${tenantId}/`,
    authorization_endpoint: `${authority}/${tenant}/${path}/authorize`,
    device_authorization_endpoint: `${authority}/${tenant}/${path}/devicecode`,
    end_session_endpoint: `${authority}/${tenant}/${path}/logout`,
    userinfo_endpoint: 'https://graph.microsoft.com/oidc/userinfo',
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nbf', 'oid', 'tid', 'ver'],
    tenant_region_scope: null,
    cloud_instance_name: 'microsoftonline.com',
    cloud_graph_host_name: 'graph.windows.net',
    msgraph_host: 'graph.microsoft.com',
    rbac_url: 'https://pas.windows.net',
  }
}

/**
 * What instance discovery answers for the authority that a client asks about.
 * @throws EntraError when that is no https URL with a tenant in its path
 */
export function instanceDiscovery(authorizationEndpoint: string | undefined): object {
  if (authorizationEndpoint === undefined || !URL.canParse(authorizationEndpoint)) throw unknownInstance()
  const { protocol, host, pathname } = new URL(authorizationEndpoint)
  const tenant = pathname.split('/')[1]
  const known = ['login.microsoftonline.com', 'login.microsoft.com', 'login.windows.net', 'sts.windows.net']
  if (protocol !== 'https:' || !tenant || !(known.includes(host) || /^(localhost|127\.0\.0\.1)(:|$)/.test(host)))
    throw unknownInstance()
  const isPublic = known.includes(host)
  return {
    tenant_discovery_endpoint: `https://${host}/${tenant}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [
      isPublic
        ? { preferred_network: 'login.microsoftonline.com', preferred_cache: 'login.windows.net', aliases: known }
        : { preferred_network: host, preferred_cache: host, aliases: [host] },
    ],
  }
}
