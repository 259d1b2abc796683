import { readFile } from 'node:fs/promises'

/** Where Linux distributions keep the certificates that they trust: Debian, Fedora, openSUSE, Alpine (those of Go's crypto/x509). */
export const systemBundles: readonly string[] = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

/** Variables by which a user names a file of certificates to trust; a company's own authority is often only there. */
const userBundles = ['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS']

/**
 * What a command shall trust: what it trusted before and our authority, never our authority alone.
 * @param certificateAuthority PEM
 * @param env the user's environment
 * @returns PEM
 */
export async function trustBundle(
  certificateAuthority: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const named = [...new Set(userBundles.flatMap((name) => env[name] || []))]
  const own = await Promise.all(named.map(async (file) => (await firstReadable([file])) ?? ''))
  // `SSL_CERT_FILE` stands instead of the system's certificates; the others are read by one client each.
  const others = env['SSL_CERT_FILE'] ? '' : ((await firstReadable(systemBundles)) ?? (await certificatesOfNode()))
  return `${[certificateAuthority, ...own, others]
    .map((pem) => pem.trim())
    .filter(Boolean)
    .join('\n')}\n`
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
