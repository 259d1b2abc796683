import type { TokenRequest } from './token-authority.ts'

export interface TokenTimes {
  /** Seconds since the epoch. */
  readonly issuedAt: number
  readonly expiresAt: number
}

/** The issuer of v1 tokens, and the `idp` of every service principal. */
export function issuerOf(tenantId: string): string {
  return `https://sts.windows.net/${tenantId}/`
}

/** The issuer of v2 tokens. */
export function v2IssuerOf(tenantId: string): string {
  return `https://login.microsoftonline.com/${tenantId}/v2.0`
}

/**
 * What goes in an app-only access token of Entra (wire.md E.4).
 * @param uniqueId a random GUID, for `uti`, `aio` and `rh`, which are opaque
 */
export function claimsOf(
  request: TokenRequest,
  tenantId: string,
  { issuedAt, expiresAt }: TokenTimes,
  uniqueId: string,
): Readonly<Record<string, unknown>> {
  const { principal, resource, requestedBy } = request
  const isV2 = request.version === 2
  // 1: proved itself by a secret; 2: by a certificate, as managed identities do.
  const proof = principal.kind === 'application' && request.provedBy !== 'assertion' ? '1' : '2'
  const opaque = Buffer.from(uniqueId.replaceAll('-', ''), 'hex')
  const party = isV2 ? { azp: principal.clientId, azpacr: proof } : { appid: principal.clientId, appidacr: proof }
  return {
    aud: resource,
    iss: isV2 ? v2IssuerOf(tenantId) : issuerOf(tenantId),
    iat: issuedAt,
    nbf: issuedAt,
    exp: expiresAt,
    aio: `k2${opaque.toString('base64')}`,
    ...party,
    idp: issuerOf(tenantId),
    idtyp: 'app',
    oid: principal.objectId,
    rh: `1.A${opaque.toString('base64url')}.`,
    sub: principal.objectId,
    tid: tenantId,
    uti: opaque.toString('base64url'),
    ver: isV2 ? '2.0' : '1.0',
    ...(requestedBy !== undefined && { xms_az_rid: claimedId(requestedBy) }),
    ...(principal.managedBy !== undefined && { xms_mirid: claimedId(principal.managedBy) }),
  }
}

/** An ARM id as tokens spell it: the segment `resourcegroups` in lower case, the rest as written. */
function claimedId(id: string): string {
  return id.replace(/\/resourceGroups\//i, '/resourcegroups/')
}
