import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { rootCertificates } from 'node:tls'
import { javaTrustStore } from './java-trust-store.ts'

const hasJava = spawnSync('keytool', ['-help']).status === 0

test("Java's own tool reads the trust store, its seal included", { skip: !hasJava && 'there is no keytool' }, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'lanyard-java-'))
  try {
    const file = path.join(folder, 'trust.jks')
    const certificates = rootCertificates.slice(0, 3)
    writeFileSync(file, javaTrustStore(certificates.join('\n'), Date.UTC(2026, 0, 1)))
    const listed = execFileSync('keytool', ['-list', '-keystore', file, '-storepass', 'changeit', '-J-Duser.language=en'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    assert.match(listed, /contains 3 entries/)
    for (const pem of certificates) assert.ok(listed.includes(new X509Certificate(pem).fingerprint256))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
