import { getCACertificates } from 'node:tls'

/**
 * What a command shall trust: the system's certificates and our authority, never our authority alone.
 * @param certificateAuthority PEM
 */
export function trustBundle(certificateAuthority: string): string {
  const system = getCACertificates('system')
  const others = system.length > 0 ? system : getCACertificates('bundled')
  return [certificateAuthority, ...others].map((pem) => pem.trimEnd()).join('\n') + '\n'
}
