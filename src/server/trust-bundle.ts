import { readFile } from 'node:fs/promises'

/** Where Linux distributions keep the certificates that they trust: Debian, Fedora, openSUSE, Alpine (those of Go's crypto/x509). */
const systemBundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

/**
 * What a command shall trust: what it trusted before and our authority, never our authority alone.
 * @param certificateAuthority PEM
 * @param userBundle file that the user named in `SSL_CERT_FILE`; a company's own authority is often only there
 */
export async function trustBundle(certificateAuthority: string, userBundle: string | undefined): Promise<string> {
  const others = (await firstReadable([...(userBundle ? [userBundle] : []), ...systemBundles])) ?? (await certificatesOfNode())
  return `${certificateAuthority.trimEnd()}\n${others.trimEnd()}\n`
}

/** A file is read in a millisecond; asking Node for the certificates parses each of them, and is left to systems without the file. */
async function firstReadable(files: readonly string[]): Promise<string | undefined> {
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(() => undefined)
    if (text?.includes('BEGIN CERTIFICATE')) return text
  }
  return undefined
}

async function certificatesOfNode(): Promise<string> {
  const { getCACertificates } = await import('node:tls')
  const system = getCACertificates('system')
  return (system.length > 0 ? system : getCACertificates('bundled')).map((pem) => pem.trimEnd()).join('\n')
}
