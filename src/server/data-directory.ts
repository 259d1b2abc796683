import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { lockDirectory } from '../store/directory-lock.ts'
import { DataDirectoryUnusableError } from '../store/errors.ts'
import { SigningKeyUnreadableError } from '../tokens/open-signing-key.ts'
import type { TokenAuthority } from '../tokens/token-authority.ts'
import { controlSocketPath } from './data-path.ts'

/** Where a standing platform keeps its state, and what is where in it. */
export interface DataDirectory {
  readonly path: string
  readonly database: string
  /** Socket by which `lanyard run` attaches; reachable by the owner alone, as the directory is. */
  readonly controlSocket: string
  /** 32 bytes; encrypts the signing keys at rest. */
  readonly encryptionKey: Uint8Array
  /** Lets another process have the directory. */
  release(): void
}

const keyLength = 32

/** Of the systems that people use, the least that a socket's address holds; bytes. */
const longestSocketPath = 103

/** Files of which one at least is in every data directory that was opened once. */
const ownFiles: ReadonlySet<string> = new Set(['lanyard.db', 'lanyard.lock', 'encryption.key', 'encryption.key.new'])

/**
 * Opens the data directory at `directory`, making it, readable by its owner alone, when it is not there. It is this process's
 * own until it is released.
 * @throws DataDirectoryInUseError, DataDirectoryUnusableError
 */
export async function openDataDirectory(directory: string): Promise<DataDirectory> {
  const socket = controlSocketPath(directory)
  if (process.platform !== 'win32' && Buffer.byteLength(socket) > longestSocketPath) {
    const reason = `is too long a path: the socket in it could have ${longestSocketPath} bytes, and would have ${Buffer.byteLength(socket)}`
    throw new DataDirectoryUnusableError(directory, reason)
  }
  await makeDirectory(directory)
  const lock = lockDirectory(path.join(directory, 'lanyard.lock'), directory)
  try {
    const database = path.join(directory, 'lanyard.db')
    return {
      path: directory,
      database,
      controlSocket: socket,
      encryptionKey: await encryptionKey(path.join(directory, 'encryption.key'), database),
      release: () => lock.release(),
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

async function makeDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    if (await isOfOthers(directory)) throw new DataDirectoryUnusableError(directory, 'holds files that are not of Lanyard')
    await chmod(directory, 0o700)
  } catch (error) {
    if (error instanceof DataDirectoryUnusableError) throw error
    const { code } = error as NodeJS.ErrnoException
    const reason =
      code === 'EEXIST' || code === 'ENOTDIR'
        ? 'is not a directory'
        : `cannot be used as a directory (${code ?? 'unknown reason'})`
    throw new DataDirectoryUnusableError(directory, reason, { cause: error })
  }
}

/**
 * Refuses an encryption key that is not the one that the signing keys were stored with: the first token would fail otherwise.
 * @throws DataDirectoryUnusableError
 */
export async function requireOwnKey(authority: Pick<TokenAuthority, 'check'>, { path: directory }: DataDirectory): Promise<void> {
  await authority.check().catch((error: unknown) => {
    if (!(error instanceof SigningKeyUnreadableError)) throw error
    const reason = 'is not the key that the signing keys beside it were encrypted with'
    throw new DataDirectoryUnusableError(path.join(directory, 'encryption.key'), reason, { cause: error })
  })
}

/** Whether a folder is somebody else's, who would not want it closed to all but its owner. */
async function isOfOthers(directory: string): Promise<boolean> {
  const names = await readdir(directory)
  return names.length > 0 && !names.some((name) => ownFiles.has(name))
}

/** The key in `file`, or a new one where nothing was encrypted with another one yet. */
async function encryptionKey(file: string, database: string): Promise<Uint8Array> {
  try {
    const key = new Uint8Array(await readFile(file))
    if (key.length !== keyLength) throw new DataDirectoryUnusableError(file, `is damaged: it must hold ${keyLength} bytes`)
    return key
  } catch (error) {
    if (error instanceof DataDirectoryUnusableError) throw error
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT')
      throw new DataDirectoryUnusableError(file, `cannot be read (${code ?? 'unknown reason'})`, { cause: error })
  }
  if (existsSync(database))
    throw new DataDirectoryUnusableError(file, `is missing, and the signing keys in ${database} cannot be read without it`)
  const key = randomBytes(keyLength)
  // Under another name first: a process that is killed here leaves no half of a key.
  const draft = `${file}.new`
  await writeFile(draft, key, { mode: 0o600 })
  await rename(draft, file)
  return key
}
