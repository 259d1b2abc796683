import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { openCertificateAuthority } from './certificate-authority.ts'

const day = 24 * 3_600_000
let folder = ''
let now = 0
let warnings: string[] = []
before(() => (folder = mkdtempSync(path.join(tmpdir(), 'lanyard-ca-'))))
after(() => rmSync(folder, { recursive: true, force: true }))

const open = (directory: string | undefined, hosts = ['management.azure.com']) =>
  openCertificateAuthority({
    directory,
    hosts,
    clock: () => now,
    logger: { warn: (_facts: unknown, sentence?: string) => void warnings.push(sentence ?? '') },
  })

async function newDirectory(): Promise<{ directory: string; certificate: string }> {
  now = Date.UTC(2026, 0, 1)
  warnings = []
  const directory = mkdtempSync(path.join(folder, 'd-'))
  return { directory, certificate: (await open(directory)).certificate }
}

describe('an authority that is kept', () => {
  test('is the same one when it is opened again', async () => {
    const { directory, certificate } = await newDirectory()
    now += 700 * day
    assert.equal((await open(directory)).certificate, certificate)
    assert.deepEqual(warnings, [])
  })

  for (const [what, change] of [
    ['near its end', () => (now += 791 * day)],
    ['for other hosts', () => undefined],
  ] as const) {
    test(`is made anew ${what}, without a word`, async () => {
      const { directory, certificate } = await newDirectory()
      change()
      const again = await open(directory, ['graph.microsoft.com'])
      assert.notEqual(again.certificate, certificate)
      assert.equal(readFileSync(path.join(directory, 'ca.pem'), 'utf8'), again.certificate)
      assert.deepEqual(warnings, [])
    })
  }

  for (const [what, damage] of [
    ['a certificate that is none', (directory: string) => writeFileSync(path.join(directory, 'ca.pem'), 'garbage')],
    ['a key that is none', (directory: string) => writeFileSync(path.join(directory, 'ca-key.pem'), '')],
  ] as const) {
    test(`is made anew for ${what}, and the log says so`, async () => {
      const { directory, certificate } = await newDirectory()
      damage(directory)
      assert.notEqual((await open(directory)).certificate, certificate)
      assert.equal(warnings.length, 1)
      assert.match(warnings[0] ?? '', /could not be read, and is made anew/)
    })
  }

  test('is made anew for the key of another one', async () => {
    const { directory, certificate } = await newDirectory()
    const other = await newDirectory()
    writeFileSync(path.join(directory, 'ca-key.pem'), readFileSync(path.join(other.directory, 'ca-key.pem')))
    const again = await open(directory)
    assert.notEqual(again.certificate, certificate)
    assert.equal(warnings.length, 1)
    const leaf = new X509Certificate((await again.serverCertificate()).cert)
    assert.ok(leaf.verify(new X509Certificate(again.certificate).publicKey))
  })

  test('has a key that its owner alone can read, also where a file was there before', async () => {
    const { directory } = await newDirectory()
    chmodSync(path.join(directory, 'ca-key.pem'), 0o644)
    writeFileSync(path.join(directory, 'ca.pem'), 'garbage')
    await open(directory)
    assert.equal(statSync(path.join(directory, 'ca-key.pem')).mode & 0o777, 0o600)
  })
})

test('the server certificate is the same until a month before its end, then a new one of the same authority', async () => {
  now = Date.UTC(2026, 0, 1)
  const authority = await open(undefined)
  const first = await authority.serverCertificate()
  now += 366 * day
  assert.equal(await authority.serverCertificate(), first)
  now += 2 * day
  const second = await authority.serverCertificate()
  assert.notEqual(second.cert, first.cert)
  assert.ok(new X509Certificate(second.cert).verify(new X509Certificate(authority.certificate).publicKey))
  assert.ok(new X509Certificate(second.cert).validToDate.getTime() > now + 390 * day)
})
