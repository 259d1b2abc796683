import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { javaTrustStore } from '../../server/java-trust-store.ts'
import { trustBundle } from '../../server/trust-bundle.ts'
import type { CommandIo } from '../command-io.ts'

/** What a run's clients are told to trust: one file per way of reading it. */
export interface TrustFiles {
  /** PEM: our authority, and all that the user trusts. */
  readonly bundle: string
  /** PEM for clients that add it to what they trust by themselves (Node): our authority, and the user's own addition. */
  readonly addition: string
  /** What is in the bundle, for Java. */
  readonly java: string
}

export function trustFilesIn(folder: string): TrustFiles {
  const file = (name: string) => path.join(folder, name)
  return { bundle: file('trust.pem'), addition: file('extra.pem'), java: file('trust.jks') }
}

/**
 * Writes the trust files of a run.
 * @param folder private folder of the run
 * @param certificateAuthority PEM
 */
export async function writeTrust(
  folder: string,
  certificateAuthority: string,
  io: Pick<CommandIo, 'env' | 'clock'>,
): Promise<void> {
  const files = trustFilesIn(folder)
  const bundle = await trustBundle(certificateAuthority, io.env)
  const named = io.env['NODE_EXTRA_CA_CERTS']
  const addition = named ? await readFile(named, 'utf8').catch(() => '') : ''
  await Promise.all([
    writeFile(files.bundle, bundle),
    writeFile(files.addition, `${certificateAuthority.trimEnd()}\n${addition}`),
    writeFile(files.java, javaTrustStore(bundle, io.clock())),
  ])
}
