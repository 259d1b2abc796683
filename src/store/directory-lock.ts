import { DatabaseSync } from 'node:sqlite'
import { DataDirectoryInUseError } from './errors.ts'
import { openingError } from './opening-error.ts'

/** For how long two processes that start at once try to be the one, milliseconds. */
const patience = 300

/** The right to be the only process of a data directory; the system frees it when the process dies. */
export interface DirectoryLock {
  release(): void
}

/**
 * Takes the lock of a data directory before anything in it is read or made. The database's own lock would not do: of two that
 * open it at once, each may hold a part of what the other waits for, and both give up.
 * @param file the lock is a database that stays empty, since SQLite's locks work alike on every system
 * @param directory for messages
 * @throws DataDirectoryInUseError, DataDirectoryUnusableError
 */
export function lockDirectory(file: string, directory: string): DirectoryLock {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(file, { timeout: patience })
    database.exec('begin exclusive')
  } catch (error) {
    database?.close()
    const meant = openingError(error, directory)
    // The lock's file is never written: what is in it does not matter.
    throw meant instanceof DataDirectoryInUseError ? meant : openingError(error, file)
  }
  return { release: () => database.close() }
}
