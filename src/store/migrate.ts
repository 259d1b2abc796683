import type { DatabaseSync } from 'node:sqlite'
import { DataDirectoryVersionError } from './errors.ts'
import { migrations as ofInstallation } from './migrations/index.ts'

/**
 * Brings a database to the newest schema, all or nothing. Its version is SQLite's `user_version`.
 * @param migrations in order; those of an installation's own database when left out
 * @throws DataDirectoryVersionError when it is newer than this program
 */
export function migrate(database: DatabaseSync, path: string, migrations: readonly (readonly string[])[] = ofInstallation): void {
  const row = database.prepare('pragma user_version').get() as { user_version: number }
  if (row.user_version > migrations.length) throw new DataDirectoryVersionError(path, row.user_version, migrations.length)
  if (row.user_version === migrations.length) return
  database.exec('begin immediate')
  try {
    for (const statements of migrations.slice(row.user_version)) for (const statement of statements) database.exec(statement)
    database.exec(`pragma user_version = ${migrations.length}`)
    database.exec('commit')
  } catch (error) {
    database.exec('rollback')
    throw error
  }
}
