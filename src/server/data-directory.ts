import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import envPaths from 'env-paths'

/** Where a standing platform keeps its state, and what is where in it. */
export interface DataDirectory {
  readonly path: string
  readonly database: string
  /** Socket by which `lanyard run` attaches; reachable by the owner alone, as the directory is. */
  readonly controlSocket: string
  /** 32 bytes; encrypts the signing keys at rest. */
  readonly encryptionKey: Uint8Array
}

/** The user's data directory for Lanyard: `$LANYARD_DATA`, else what the platform's convention says. */
export function defaultDataPath(env: Readonly<Record<string, string | undefined>>): string {
  return env['LANYARD_DATA'] ?? envPaths('lanyard', { suffix: '' }).data
}

/** The control socket of the data directory at `directory`, whether it exists or not. Windows has named pipes in place of socket files. */
export function controlSocketPath(directory: string): string {
  if (process.platform === 'win32')
    return `\\\\.\\pipe\\lanyard-${Buffer.from(path.resolve(directory)).toString('hex').slice(-64)}`
  return path.join(directory, 'control.sock')
}

/** Opens the data directory at `directory`, making it, readable by its owner alone, when it is not there. */
export async function openDataDirectory(directory: string): Promise<DataDirectory> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  await chmod(directory, 0o700)
  return {
    path: directory,
    database: path.join(directory, 'lanyard.db'),
    controlSocket: controlSocketPath(directory),
    encryptionKey: await encryptionKey(path.join(directory, 'encryption.key')),
  }
}

async function encryptionKey(file: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(file))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    const { randomBytes } = await import('node:crypto')
    const key = randomBytes(32)
    // `wx`: of two starts at once, one makes the key and the other fails instead of overwriting it.
    await writeFile(file, key, { mode: 0o600, flag: 'wx' })
    return key
  }
}
