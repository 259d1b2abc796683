import { createHash, generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { CompactEncrypt } from 'jose'
import type { StoredSigningKey } from './signing-key.ts'

const makeKeyPair = promisify(generateKeyPair)
const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }

export interface NewSigningKey {
  /** 32 bytes. */
  readonly encryptionKey: Uint8Array
  /** Milliseconds since the epoch, as all three. */
  readonly createdAt: number
  readonly activeFrom: number
  readonly retiresAt: number
  readonly newGuid: () => string
}

/**
 * Makes an RSA 2048 key with a self-signed certificate, off the main thread, ready to be stored: the private part is
 * encrypted, and bound to the key's id so that a stored key cannot be passed off as another.
 */
export async function generateSigningKey(options: NewSigningKey): Promise<StoredSigningKey> {
  const { createdAt, activeFrom, retiresAt } = options
  const pair = await makeKeyPair('rsa', { modulusLength: 2048 })
  // Here and not at the top: the two take longer to load than the rest of the platform, and most starts need no new key.
  await import('reflect-metadata')
  const { X509CertificateGenerator } = await import('@peculiar/x509')
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(options.newGuid()),
    name: 'CN=Lanyard token signing',
    // Certificates count whole seconds, and the clocks of relying parties may be behind.
    notBefore: new Date(createdAt - 300_000),
    notAfter: new Date(retiresAt),
    signingAlgorithm: algorithm,
    keys: {
      publicKey: pair.publicKey.toCryptoKey(algorithm, true, ['verify']),
      privateKey: pair.privateKey.toCryptoKey(algorithm, false, ['sign']),
    },
  })
  const der = Buffer.from(certificate.rawData)
  const kid = createHash('sha1').update(der).digest('base64url')
  const encryptedPrivateKey = await new CompactEncrypt(pair.privateKey.export({ format: 'der', type: 'pkcs8' }))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid })
    .encrypt(options.encryptionKey)
  return { kid, encryptedPrivateKey, certificate: der.toString('base64'), createdAt, activeFrom, retiresAt }
}

/** 16 bytes in hexadecimal. The first digit is fixed: an X.509 serial number is positive and has no leading zero (RFC 5280). */
function serialNumber(guid: string): string {
  return `4${guid.replaceAll('-', '').slice(1)}`
}
