import { webcrypto } from 'node:crypto'

/** A certificate with its key and those above it. */
export interface SigningCertificate {
  /** RSA, with SHA-256. */
  readonly privateKey: webcrypto.CryptoKey
  /** DER; the signer's own first. */
  readonly chain: readonly Uint8Array<ArrayBuffer>[]
}

/**
 * Wraps content in a signed message that carries it and the chain of the signer (RFC 5652). The content being plain data, the
 * signature is over the content itself.
 * @returns DER
 */
export async function signDocument(content: Uint8Array, { privateKey, chain }: SigningCertificate): Promise<Uint8Array> {
  const [cms, { AsnConvert, OctetString }, { AlgorithmIdentifier, Certificate }] = await Promise.all([
    import('@peculiar/asn1-cms'),
    import('@peculiar/asn1-schema'),
    import('@peculiar/asn1-x509'),
  ])
  const sha256 = new AlgorithmIdentifier({ algorithm: '2.16.840.1.101.3.4.2.1', parameters: null })
  const certificates = chain.map((der) => AsnConvert.parse(der, Certificate))
  const [own] = certificates
  if (!own) throw new Error('a signed document needs its certificate')
  const bytes = new Uint8Array(content)
  const signature = await webcrypto.subtle.sign('RSASSA-PKCS1-v1_5', privateKey, bytes)
  const { issuer, serialNumber } = own.tbsCertificate
  const signed = new cms.SignedData({
    version: cms.CMSVersion.v1,
    digestAlgorithms: new cms.DigestAlgorithmIdentifiers([sha256]),
    encapContentInfo: new cms.EncapsulatedContentInfo({
      eContentType: cms.id_data,
      eContent: new cms.EncapsulatedContent({ single: new OctetString(bytes.buffer) }),
    }),
    certificates: new cms.CertificateSet(certificates.map((certificate) => new cms.CertificateChoices({ certificate }))),
    signerInfos: new cms.SignerInfos([
      new cms.SignerInfo({
        version: cms.CMSVersion.v1,
        sid: new cms.SignerIdentifier({ issuerAndSerialNumber: new cms.IssuerAndSerialNumber({ issuer, serialNumber }) }),
        digestAlgorithm: sha256,
        signatureAlgorithm: new AlgorithmIdentifier({ algorithm: '1.2.840.113549.1.1.1', parameters: null }),
        signature: new OctetString(signature),
      }),
    ]),
  })
  const message = new cms.ContentInfo({ contentType: cms.id_signedData, content: AsnConvert.serialize(signed) })
  return new Uint8Array(AsnConvert.serialize(message))
}
