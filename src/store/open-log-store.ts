import { renameSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { LogStore } from '../logs/log-store.ts'
import { logMigrations } from './log-migrations/index.ts'
import { logStore } from './log-store.ts'
import { migrate } from './migrate.ts'
import { openingError } from './opening-error.ts'

export interface LogStoreOptions {
  /** `:memory:` keeps the logs in memory. */
  readonly path: string
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly onWarning: (fields: object, message: string) => void
}

/**
 * Opens, and makes or migrates, the database of the logs. Logs are worth less than the platform that keeps them: a file that is
 * damaged, or of a newer Lanyard, is set aside under another name and made anew; where no file can be made, the logs are kept in
 * memory. A warning says so.
 */
export async function openLogStore({ path, now, onWarning }: LogStoreOptions): Promise<LogStore> {
  if (path === ':memory:') return logStore(open(path))
  try {
    return logStore(open(path))
  } catch (error) {
    const setAside = `${path}.unreadable-${new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '')}`
    try {
      renameSync(path, setAside)
      // What SQLite keeps beside it belongs to the file that is gone.
      for (const suffix of ['-wal', '-shm']) moveIfThere(path + suffix, setAside + suffix)
      const made = logStore(open(path))
      onWarning({ err: openingError(error, path), setAside }, 'the logs could not be read; they were set aside and begin anew')
      return made
    } catch (second) {
      onWarning({ err: openingError(second, path) }, 'the logs cannot be kept in a file; they are kept in memory')
      return logStore(open(':memory:'))
    }
  }
}

function open(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 0 })
  try {
    // The last moments before a crash may be lost, so that no request waits for a disk.
    database.exec('pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = normal')
    database.exec('begin exclusive; commit')
    migrate(database, path, logMigrations)
    // A page that is damaged in the middle is found now, not by whoever reads it first.
    const row = database.prepare('pragma quick_check(1)').get() as { quick_check: string }
    if (row.quick_check !== 'ok') throw new Error(row.quick_check)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
