import type { FederatedCredential } from './federated-credential.ts'

/** A client secret of an application, kept as a salted scrypt hash only. */
export interface ClientSecret {
  readonly keyId: string
  /** `scrypt$<salt base64url>$<hash base64url>` */
  readonly hash: string
  /** Milliseconds since the epoch; undefined when it does not expire. */
  readonly expiresAt: number | undefined
}

/** An application registered in the tenant. Its service principal has the same `clientId`. */
export interface Application {
  readonly clientId: string
  readonly displayName: string
  /** Application ID URIs: the audiences this application accepts tokens for. */
  readonly identifierUris: readonly string[]
  readonly secrets: readonly ClientSecret[]
  /** X.509 certificates by which it may sign assertions; PEM. */
  readonly certificates: readonly string[]
  readonly federatedCredentials: readonly FederatedCredential[]
}
