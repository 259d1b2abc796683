import { createHash } from 'node:crypto'

const magic = 0xfeedfeed
const version = 2
const trustedCertificate = 2
/** The password that the JDK gives its own trust store; what is in one is public. */
const password = 'changeit'

/**
 * A trust store as Java reads it from `javax.net.ssl.trustStore`: Java takes no PEM. In the JDK's own format (JKS, as
 * `sun.security.provider.JavaKeyStore` reads it), which every JDK still knows under its default `keystore.type.compat`; a PKCS#12
 * file would need an attribute of Oracle's on each certificate, which no library for Node writes.
 * @param certificates PEM, one after the other
 * @param madeAt milliseconds since the epoch
 */
export function javaTrustStore(certificates: string, madeAt: number): Uint8Array {
  const ders = [...certificates.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g)].map(([, base64 = '']) =>
    Buffer.from(base64, 'base64'),
  )
  const entries = ders.flatMap((der, index) => [
    int(trustedCertificate),
    text(`certificate-${index}`),
    long(madeAt),
    text('X.509'),
    int(der.length),
    der,
  ])
  const store = Buffer.concat([int(magic), int(version), int(ders.length), ...entries])
  // The format's own seal; the words in it are the format's.
  const seal = createHash('sha1').update(Buffer.from(password, 'utf16le').swap16()).update('Mighty Aphrodite').update(store)
  return Buffer.concat([store, seal.digest()])
}

function int(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64BE(BigInt(value))
  return bytes
}

/** A string as Java's DataOutputStream writes it. */
function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'latin1')
  const length = Buffer.alloc(2)
  length.writeUInt16BE(bytes.length)
  return Buffer.concat([length, bytes])
}
