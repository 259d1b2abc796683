import { webcrypto } from 'node:crypto'
import type * as X509 from '@peculiar/x509'
import type { SigningCertificate } from './document-signer.ts'
import { authorityCertificatePath, metadataHost } from './route.ts'
import { algorithm, keepAuthority, readKeptAuthority, type Authority, type AuthorityOptions } from './kept-authority.ts'

const day = 24 * 3_600_000
/** Apple's clients refuse certificates that live longer than 825 days. */
const authorityLife = 820 * day
const leafLife = 397 * day
/** How long before its end a server certificate is replaced. */
const renewal = 30 * day

/** The local certificate authority. It can vouch for the hosts that Lanyard serves and for loopback, and for nothing else. */
export interface CertificateAuthority {
  /** PEM */
  readonly certificate: string
  /** One certificate for all served hosts, made on first use and again before it ends: the same object until then. PEM. */
  serverCertificate(): Promise<{ readonly key: string; readonly cert: string }>
  /** A certificate for signing what the metadata service attests; made on first use, with an RSA key, and again before it ends. */
  documentCertificate(): Promise<SigningCertificate>
}

/**
 * Opens the authority, making a new one when there is none, when it nears its end, when it does not cover `hosts`, or when what is
 * kept is damaged: it vouches on this machine alone, and a new one does no harm but to whoever trusted the old one by hand.
 */
export async function openCertificateAuthority(options: AuthorityOptions): Promise<CertificateAuthority> {
  await import('reflect-metadata')
  const x509 = await import('@peculiar/x509')
  const { hosts, clock } = options
  const authority = (await readKeptAuthority(options)) ?? (await makeAuthority(x509, options))
  const certificate = new x509.X509Certificate(authority.certificate)
  let signer: { readonly made: Promise<SigningCertificate>; readonly until: number } | undefined
  let leaf: { readonly made: Promise<{ key: string; cert: string }>; readonly until: number } | undefined

  async function makeLeaf() {
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
    const made = await x509.X509CertificateGenerator.create({
      subject: 'CN=Lanyard',
      issuer: certificate.subject,
      notBefore: new Date(clock() - day),
      notAfter: new Date(Math.min(clock() + leafLife, certificate.notAfter.getTime())),
      signingAlgorithm: algorithm,
      publicKey: keys.publicKey,
      signingKey: authority.privateKey,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension([
          ...[...hosts, 'localhost'].map((value) => ({ type: 'dns' as const, value })),
          { type: 'ip', value: '127.0.0.1' },
        ]),
        await x509.AuthorityKeyIdentifierExtension.create(certificate),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    })
    return { key: await exportKey(keys.privateKey), cert: `${made.toString('pem')}\n${authority.certificate}` }
  }

  async function makeSigner(): Promise<SigningCertificate> {
    const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) }
    const keys = await webcrypto.subtle.generateKey(rsa, true, ['sign', 'verify'])
    const made = await x509.X509CertificateGenerator.create({
      subject: `CN=${metadataHost}`,
      issuer: certificate.subject,
      notBefore: new Date(clock() - day),
      notAfter: new Date(Math.min(clock() + leafLife, certificate.notAfter.getTime())),
      signingAlgorithm: algorithm,
      publicKey: keys.publicKey,
      signingKey: authority.privateKey,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: metadataHost }]),
        new x509.AuthorityInfoAccessExtension({ caIssuers: `http://${metadataHost}${authorityCertificatePath}` }),
        await x509.AuthorityKeyIdentifierExtension.create(certificate),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    })
    return { privateKey: keys.privateKey, chain: [made, certificate].map(({ rawData }) => new Uint8Array(rawData)) }
  }

  return {
    certificate: authority.certificate,
    documentCertificate: () => {
      if (signer === undefined || clock() >= signer.until) signer = { made: makeSigner(), until: clock() + leafLife - renewal }
      return signer.made
    },
    serverCertificate: () => {
      if (leaf === undefined || clock() >= leaf.until) leaf = { made: makeLeaf(), until: clock() + leafLife - renewal }
      return leaf.made
    },
  }
}

async function makeAuthority(x509: typeof X509, options: AuthorityOptions): Promise<Authority> {
  const { clock, hosts } = options
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Lanyard local authority',
    notBefore: new Date(clock() - day),
    notAfter: new Date(clock() + authorityLife),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      new x509.Extension('2.5.29.30', true, await nameConstraints([...hosts, 'localhost'])),
    ],
  })
  const certificate = made.toString('pem')
  await keepAuthority(options, certificate, await exportKey(keys.privateKey))
  return { certificate, privateKey: keys.privateKey }
}

/** RFC 5280 4.2.1.10: permitted DNS names, and loopback as the only addresses. */
async function nameConstraints(hosts: readonly string[]): Promise<ArrayBuffer> {
  const { GeneralName, GeneralSubtree, GeneralSubtrees, NameConstraints } = await import('@peculiar/asn1-x509')
  const { AsnConvert } = await import('@peculiar/asn1-schema')
  // A domain that is permitted permits what is below it.
  const names = hosts.map((host) => new GeneralName({ dNSName: host.replace(/^\*\./, '') }))
  const loopback = new GeneralName({ iPAddress: '127.0.0.0/8' })
  const permittedSubtrees = new GeneralSubtrees([...names, loopback].map((base) => new GeneralSubtree({ base })))
  return AsnConvert.serialize(new NameConstraints({ permittedSubtrees }))
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  const base64 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)).toString('base64')
  return `-----BEGIN PRIVATE KEY-----\n${base64.replaceAll(/.{64}/g, '$&\n').trimEnd()}\n-----END PRIVATE KEY-----\n`
}
