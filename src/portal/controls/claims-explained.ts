/**
 * What the claims of Entra's access tokens say, for who looks at a token for the first time. Sources: Microsoft identity platform,
 * "Access token claims reference"; managed identities add `xms_mirid` and `xms_az_rid`.
 */
const meanings: Readonly<Record<string, string>> = {
  aud: 'Audience: the service that the token is for. Every other one must refuse it.',
  iss: 'Issuer: the authority, and the tenant, that signed it.',
  iat: 'Issued at.',
  nbf: 'Not valid before.',
  exp: 'Expires. The service refuses it from then on.',
  appid: 'Client ID of the application or identity that the token is of.',
  azp: 'Client ID of the application or identity that the token is of (v2 tokens).',
  appidacr: 'How the client proved itself: 1 by a secret, 2 by a certificate, as managed identities do.',
  azpacr: 'How the client proved itself: 1 by a secret, 2 by a certificate, as managed identities do (v2 tokens).',
  idp: 'The identity provider that knows the subject.',
  idtyp: 'What kind of subject: app for an identity of its own, user for a person.',
  oid: 'Object (principal) ID: the one that role assignments name.',
  sub: 'Subject. For an identity of its own it is the object ID.',
  tid: 'Tenant ID.',
  ver: 'Version of the token: 1.0 or 2.0, as the service wants it.',
  uti: 'Unique ID of this token, as sign-in logs name it.',
  aio: 'Internal to the authority. Opaque.',
  rh: 'Internal to the authority. Opaque.',
  xms_mirid: 'Resource ID of the managed identity: the machine itself, or the user-assigned identity.',
  xms_az_rid: 'Resource ID of the machine that asked for the token.',
  upn: 'User principal name.',
  name: 'Display name of the user.',
  scp: 'What the client may do in the name of the user.',
  roles: 'Application roles that the subject holds at the service.',
  groups: 'Groups that the subject is in.',
  nonce: 'Ties the token to one sign-in.',
}

const times = new Set(['iat', 'nbf', 'exp'])

/** A claim as it is shown. */
export interface ExplainedClaim {
  readonly name: string
  readonly value: string
  /** ISO 8601, of claims that are a point in time. */
  readonly time: string | undefined
  readonly meaning: string
}

/** The claims of a token, each with what it says. */
export function explainClaims(claims: Readonly<Record<string, unknown>>): readonly ExplainedClaim[] {
  return Object.entries(claims).map(([name, claim]) => ({
    name,
    value: typeof claim === 'string' ? claim : JSON.stringify(claim),
    time: times.has(name) && typeof claim === 'number' ? timeOf(claim) : undefined,
    meaning: meanings[name] ?? '',
  }))
}

/** @param seconds since the epoch */
function timeOf(seconds: number): string | undefined {
  const date = new Date(seconds * 1000)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}
