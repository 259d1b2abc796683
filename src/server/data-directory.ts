import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { lockDirectory } from '../store/directory-lock.ts'
import { DataDirectoryUnusableError } from '../store/errors.ts'
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

/**
 * Opens the data directory at `directory`, making it, readable by its owner alone, when it is not there. It is this process's
 * own until it is released.
 * @throws DataDirectoryInUseError, DataDirectoryUnusableError
 */
export async function openDataDirectory(directory: string): Promise<DataDirectory> {
  await makeDirectory(directory)
  const lock = lockDirectory(path.join(directory, 'lanyard.lock'), directory)
  try {
    const database = path.join(directory, 'lanyard.db')
    return {
      path: directory,
      database,
      controlSocket: controlSocketPath(directory),
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
    await chmod(directory, 0o700)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const reason =
      code === 'EEXIST' || code === 'ENOTDIR'
        ? 'is not a directory'
        : `cannot be used as a directory (${code ?? 'unknown reason'})`
    throw new DataDirectoryUnusableError(directory, reason, { cause: error })
  }
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
