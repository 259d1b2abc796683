/** A person of the tenant (Microsoft Graph `user`). */
export interface User {
  /** `oid` in tokens, `principalId` in role assignments. GUID, lower case. */
  readonly objectId: string
  /** What the user signs in by, as written; compared without casing. */
  readonly userPrincipalName: string
  readonly displayName: string
  /** `scrypt$<salt base64url>$<hash base64url>`; undefined for one who signs in with the platform's sign-in code. */
  readonly passwordHash: string | undefined
  /** Milliseconds since the epoch. */
  readonly createdAt: number
}

/** The user that every installation has, Owner of everything. */
export const administratorName = 'administrator@lanyard.local'

/**
 * Whether `text` can be a user principal name: the characters that Entra allows, and a domain
 * (https://learn.microsoft.com/entra/identity/hybrid/connect/plan-connect-userprincipalname).
 */
export function isUserPrincipalName(text: string): boolean {
  return /^[A-Za-z0-9'._!#^~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$/.test(
    text,
  )
}
