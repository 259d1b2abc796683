import { createPrivateKey, webcrypto, X509Certificate } from 'node:crypto'
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { FastifyBaseLogger } from 'fastify'

export const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/** How much of its life an authority must have left to be used, milliseconds. */
const leastLife = 30 * 24 * 3_600_000

export interface AuthorityOptions {
  /** Where `ca.pem` and `ca-key.pem` (readable by the owner alone) are kept; undefined keeps them in memory. */
  readonly directory: string | undefined
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  /** What the authority may vouch for. */
  readonly hosts: readonly string[]
  /** Is told when what is kept cannot be used. */
  readonly logger: Pick<FastifyBaseLogger, 'warn'>
}

export interface Authority {
  /** PEM */
  readonly certificate: string
  readonly privateKey: webcrypto.CryptoKey
}

const names = { certificate: 'ca.pem', key: 'ca-key.pem', hosts: 'ca-hosts.json' }

/** The authority that is kept in the directory; undefined when there is none that can be used. */
export async function readKeptAuthority({ directory, clock, hosts, logger }: AuthorityOptions): Promise<Authority | undefined> {
  if (directory === undefined) return undefined
  const read = (name: string) => readFile(path.join(directory, name), 'utf8').catch(() => undefined)
  const [certificate, key, covered] = await Promise.all([read(names.certificate), read(names.key), read(names.hosts)])
  if (certificate === undefined || key === undefined) return undefined
  try {
    const parsed = new X509Certificate(certificate)
    const privateKey = createPrivateKey(key)
    if (!parsed.checkPrivateKey(privateKey)) throw new Error('the key is not that of the certificate')
    if (covered !== JSON.stringify([...hosts]) || parsed.validToDate.getTime() < clock() + leastLife) return undefined
    const der = privateKey.export({ format: 'der', type: 'pkcs8' })
    return { certificate, privateKey: await webcrypto.subtle.importKey('pkcs8', new Uint8Array(der), algorithm, false, ['sign']) }
  } catch (error) {
    logger.warn({ err: error }, `the certificate authority in ${directory} could not be read, and is made anew`)
    return undefined
  }
}

/**
 * Keeps an authority, its key readable by the owner alone. A process that is killed between the files leaves a pair that does not
 * match, which the next start finds out.
 * @param key PEM
 */
export async function keepAuthority({ directory, hosts }: AuthorityOptions, certificate: string, key: string): Promise<void> {
  if (directory === undefined) return
  await mkdir(directory, { recursive: true, mode: 0o700 })
  await chmod(directory, 0o700)
  const write = async (name: string, text: string, mode: number) => {
    // A file that is there would keep its mode.
    await rm(path.join(directory, name), { force: true })
    await writeFile(path.join(directory, name), text, { mode })
  }
  await write(names.key, key, 0o600)
  await write(names.certificate, certificate, 0o644)
  await write(names.hosts, JSON.stringify([...hosts]), 0o644)
}
