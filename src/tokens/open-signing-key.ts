import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { compactDecrypt } from 'jose'
import type { StoredSigningKey } from './signing-key.ts'
import type { PublishedKey } from './token-authority.ts'

/** A stored key cannot be opened: the encryption key is not the one it was stored with, or the record was changed. */
export class SigningKeyUnreadableError extends Error {
  override name = 'SigningKeyUnreadableError'
  readonly kid: string
  constructor(kid: string, cause?: unknown) {
    super(`The signing key '${kid}' cannot be decrypted with this installation's encryption key.`, { cause })
    this.kid = kid
  }
}

/** A key for checking signatures, with its public form. */
export interface VerificationKey {
  readonly key: KeyObject
  readonly published: PublishedKey
}

/**
 * Decrypts the private part.
 * @throws SigningKeyUnreadableError
 */
export async function openPrivateKey(stored: StoredSigningKey, encryptionKey: Uint8Array): Promise<KeyObject> {
  const opened = await compactDecrypt(stored.encryptedPrivateKey, encryptionKey, {
    keyManagementAlgorithms: ['dir'],
    contentEncryptionAlgorithms: ['A256GCM'],
  }).catch((error: unknown) => {
    throw new SigningKeyUnreadableError(stored.kid, error)
  })
  if (opened.protectedHeader.kid !== stored.kid) throw new SigningKeyUnreadableError(stored.kid)
  return createPrivateKey({ key: Buffer.from(opened.plaintext), format: 'der', type: 'pkcs8' })
}

/** The public part, taken from the certificate. */
export function verificationKeyOf({ kid, certificate }: StoredSigningKey): VerificationKey {
  const key = new X509Certificate(Buffer.from(certificate, 'base64')).publicKey
  const { n = '', e = '' } = key.export({ format: 'jwk' })
  return { key, published: { kty: 'RSA', use: 'sig', kid, x5t: kid, n, e, x5c: [certificate] } }
}
