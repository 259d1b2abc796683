import type { PublishedKey } from '../tokens/token-authority.ts'
import type { Tenant } from './tenant.ts'

const publicAuthority = 'https://login.microsoftonline.com'
const cloud = {
  cloud_instance_name: 'microsoftonline.com',
  cloud_graph_host_name: 'graph.windows.net',
  msgraph_host: 'graph.microsoft.com',
  rbac_url: 'https://pas.windows.net',
}

const claimsOfApplications = ['sub', 'iss', 'aud', 'exp', 'iat', 'nbf', 'appid', 'appidacr', 'idp', 'idtyp', 'oid', 'tid', 'ver']
const claimsOfUsers = ['acr', 'amr', 'name', 'nonce', 'preferred_username', 'scp', 'sid', 'unique_name', 'upn']

/** The authority's own address: as the client reached it on loopback, the public name elsewhere. */
export function authorityUrl(baseUrl: string): string {
  return isLoopback(URL.parse(baseUrl)?.hostname) ? baseUrl : publicAuthority
}

/** @param hostname without port, as URL gives it */
export function isLoopback(hostname: string | undefined): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
}

/**
 * The OpenID configuration (wire.md E.1).
 * @param authority from `authorityUrl`
 */
export function openidConfiguration(authority: string, tenant: Tenant, version: 1 | 2): object {
  const root = `${authority}/${tenant.name}`
  const path = version === 2 ? `${root}/oauth2/v2.0` : `${root}/oauth2`
  return {
    token_endpoint: `${path}/token`,
    token_endpoint_auth_methods_supported: [
      'client_secret_post',
      'private_key_jwt',
      'client_secret_basic',
      ...(version === 2 ? ['none'] : []),
    ],
    jwks_uri: `${root}/discovery/${version === 2 ? 'v2.0/' : ''}keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code'],
    ...(version === 2 && {
      grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials', 'password'],
      code_challenge_methods_supported: ['S256'],
    }),
    scopes_supported: version === 2 ? ['openid', 'profile', 'email', 'offline_access'] : ['openid'],
    issuer: version === 2 ? v2Issuer(tenant) : `https://sts.windows.net/${tenant.issuerId}/`,
    request_uri_parameter_supported: false,
    userinfo_endpoint: version === 2 ? 'https://graph.microsoft.com/oidc/userinfo' : `${root}/openid/userinfo`,
    authorization_endpoint: `${path}/authorize`,
    device_authorization_endpoint: `${path}/devicecode`,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    end_session_endpoint: `${path}/logout`,
    claims_supported: [...claimsOfApplications, ...claimsOfUsers],
    tenant_region_scope: tenant.isHome ? 'WW' : null,
    ...cloud,
  }
}

/** The key set (wire.md E.1). The keys of the v1 address name no issuer: v1 tokens have another one than v2 tokens. */
export function keySet(keys: readonly PublishedKey[], tenant: Tenant, version: 1 | 2): object {
  const { cloud_instance_name } = cloud
  return {
    keys: keys.map((key) => ({ ...key, cloud_instance_name, ...(version === 2 && { issuer: v2Issuer(tenant) }) })),
  }
}

function v2Issuer({ issuerId }: Tenant): string {
  return `${publicAuthority}/${issuerId}/v2.0`
}
