import type { KnownError } from '../known-error.ts'

const trust = {
  cause: 'A proxy of your company opens TLS with a certificate of its own, which this client does not know.',
  howToTell: 'openssl shows your company as the issuer.',
  fixes: {
    az: 'openssl s_client -connect management.azure.com:443 </dev/null | openssl x509 -noout -issuer\nexport REQUESTS_CA_BUNDLE=FILE SSL_CERT_FILE=FILE NODE_EXTRA_CA_CERTS=FILE',
    powershell: 'Import-Certificate -FilePath FILE -CertStoreLocation Cert:\\LocalMachine\\Root',
  },
}
const lanyard = {
  cause: "The answer is Lanyard's, and this client was not told of its certificate authority.",
  howToTell: 'The issuer is "Lanyard"; the program clears its environment, or uses a trust store of its own.',
  fixes: {
    lanyard:
      'lanyard run -- COMMAND    # sets REQUESTS_CA_BUNDLE, SSL_CERT_FILE, NODE_EXTRA_CA_CERTS, JAVA_TOOL_OPTIONS, …\nlanyard connect {vm} -- COMMAND    # for programs that read none of them',
  },
}

/** Certificates that a client does not trust. */
export const certificates: readonly KnownError[] = [
  {
    id: 'certificate-not-trusted',
    title: 'The certificate is not trusted (self-signed, unknown authority)',
    depth: 'cause',
    patterns: [
      'CERTIFICATE_VERIFY_FAILED',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'self-signed certificate in certificate chain',
      'self signed certificate in certificate chain',
      'unable to get local issuer certificate',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'unable to verify the first certificate',
      'x509: certificate signed by unknown authority',
      'PKIX path building failed',
      'SSL certificate problem: ',
      'UntrustedRoot',
      'The remote certificate is invalid according to the validation procedure',
      'invalid peer certificate: UnknownIssuer',
      'Certificate verification failed. This typically happens when using Azure CLI behind a proxy that intercepts traffic with a self-signed certificate',
    ],
    samples: [
      "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate (_ssl.c:1006)'))",
      "Error: self-signed certificate in certificate chain\n    code: 'SELF_SIGNED_CERT_IN_CHAIN'",
      'tls: failed to verify certificate: x509: certificate signed by unknown authority',
      'sun.security.validator.ValidatorException: PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target',
      'curl: (60) SSL certificate problem: unable to get local issuer certificate',
      'The remote certificate is invalid because of errors in the certificate chain: UntrustedRoot',
    ],
    printedBy: [{ client: 'Azure CLI, requests, Node.js, Go, Java, curl, .NET, Rust', version: 'all' }],
    meaning:
      'TLS reached a server whose certificate this client has no reason to trust. Do not switch verification off: a token would go to whoever answers.',
    causes: [lanyard, trust],
  },
  {
    id: 'certificate-time',
    title: 'The certificate has expired or is not yet valid',
    depth: 'cause',
    patterns: [
      'certificate has expired or is not yet valid',
      'CERT_HAS_EXPIRED',
      'SSL certificate problem: certificate has expired',
      'CERT_NOT_YET_VALID',
      'certificate verify failed: certificate has expired',
      'certificate verify failed: certificate is not yet valid',
      'CertificateExpiredException',
      'CertificateNotYetValidException',
      'certificate is not yet valid',
    ],
    samples: [
      'x509: certificate has expired or is not yet valid: current time 2020-01-01T00:00:00Z is before 2026-01-01T00:00:00Z',
      '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate is not yet valid (_ssl.c:1006)',
      "code: 'CERT_HAS_EXPIRED'",
    ],
    printedBy: [{ client: 'Go, Python, Node.js, Java', version: 'all' }],
    meaning: 'By the clock of this machine the certificate is over or has not begun.',
    causes: [
      {
        cause: 'The clock of the machine is wrong.',
        howToTell: '"date -u" differs from the real time.',
        fixes: { az: 'sudo timedatectl set-ntp true', powershell: 'w32tm /resync' },
      },
      {
        cause: 'The client was started with a false clock (faketime, a frozen container).',
        howToTell: 'Other programs on the machine do not complain.',
        fixes: { lanyard: "lanyard clock move 25h    # moves the platform's clock; certificates go by the real one" },
      },
    ],
  },
  {
    id: 'certificate-host-mismatch',
    title: 'The certificate is for another host',
    depth: 'cause',
    patterns: [
      'ERR_TLS_CERT_ALTNAME_INVALID',
      "Hostname/IP does not match certificate's altnames",
      "hostname '{host}' doesn't match",
      'Hostname mismatch, certificate is not valid for',
      'x509: certificate is valid for',
      'RemoteCertificateNameMismatch',
      'No subject alternative DNS name matching',
    ],
    samples: [
      "Error [ERR_TLS_CERT_ALTNAME_INVALID]: Hostname/IP does not match certificate's altnames: Host: 10.0.0.4. is not in the cert's altnames",
      'x509: certificate is valid for localhost, not web-1',
      "certificate verify failed: Hostname mismatch, certificate is not valid for 'web-1'.",
    ],
    printedBy: [{ client: 'Node.js, Go, Python, .NET, Java', version: 'all' }],
    meaning: 'The server answered with a certificate that does not name the host that was asked for.',
    causes: [
      {
        cause: 'The platform is called by an address that its certificate does not name.',
        howToTell: 'The certificates of Lanyard name the hosts of Azure, localhost and 127.0.0.1.',
        fixes: { lanyard: 'lanyard run -- COMMAND    # under the public names' },
      },
      {
        cause: 'A name leads to the wrong server (hosts file, private DNS zone).',
        howToTell: '"nslookup" shows an address that is not the service.',
        fixes: { az: 'nslookup management.azure.com' },
      },
    ],
  },
]
