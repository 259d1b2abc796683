import { webcrypto } from 'node:crypto'
import 'reflect-metadata'
import * as x509 from '@peculiar/x509'

export interface SelfSignedCertificate {
  /** PEM */
  readonly certificate: string
  /** PEM, PKCS #8 */
  readonly privateKey: string
  readonly key: webcrypto.CryptoKey
  readonly x5t: string
  readonly x5tS256: string
}

/** A certificate as a developer makes one for an application. */
export async function selfSignedCertificate(): Promise<SelfSignedCertificate> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) }
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({ name: 'CN=app', keys, signingAlgorithm: algorithm })
  const thumbprint = async (hash: string) => Buffer.from(await certificate.getThumbprint(hash)).toString('base64url')
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')
  return {
    certificate: certificate.toString('pem'),
    privateKey: `-----BEGIN PRIVATE KEY-----\n${pkcs8.replaceAll(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----\n`,
    key: keys.privateKey,
    x5t: await thumbprint('SHA-1'),
    x5tS256: await thumbprint('SHA-256'),
  }
}
