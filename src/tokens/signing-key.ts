/** An RSA 2048 signing key as kept. The private part is encrypted by the store's caller, never in clear at rest. */
export interface StoredSigningKey {
  /** Thumbprint of the certificate: base64url SHA-1 of its DER, as Entra uses for `kid` and `x5t`. */
  readonly kid: string
  /** PKCS#8 private key as a compact JWE (dir, A256GCM). */
  readonly encryptedPrivateKey: string
  /** base64 DER of the self-signed certificate: what goes into `x5c`. */
  readonly certificate: string
  /** Milliseconds since the epoch; signs from `activeFrom`, until the next key becomes active. */
  readonly createdAt: number
  readonly activeFrom: number
  /** Published for verification until then. */
  readonly retiresAt: number
}

export interface SigningKeyStore {
  /** Ordered by `activeFrom`. */
  listSigningKeys(): Promise<readonly StoredSigningKey[]>
  insertSigningKey(key: StoredSigningKey): Promise<void>
  deleteSigningKey(kid: string): Promise<void>
}
