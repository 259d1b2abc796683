import { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import type { Stores, UnitOfWork } from '../resources/unit-of-work.ts'
import type { SigningKeyStore } from '../tokens/signing-key.ts'
import { directoryStore } from './directory-store.ts'
import { DataDirectoryInUseError } from './errors.ts'
import { migrate } from './migrate.ts'
import { nodeSqliteDialect } from './node-sqlite-dialect.ts'
import { rememberReads } from './remember-reads.ts'
import { resourceStore } from './resource-store.ts'
import { roleAssignmentStore } from './role-assignment-store.ts'
import type { Schema } from './schema.ts'
import { signingKeyStore } from './signing-key-store.ts'

/** All that an installation keeps. */
export interface Store extends UnitOfWork {
  readonly signingKeys: SigningKeyStore
  /** Another number after every write: what was worked out of the store holds while it stays. */
  revision(): number
  close(): Promise<void>
}

/**
 * Opens, and makes or migrates, the SQLite database at `path` (`:memory:` keeps it in memory).
 * @throws DataDirectoryInUseError, DataDirectoryVersionError
 */
export async function openSqliteStore({ path, newGuid }: { path: string; newGuid: () => string }): Promise<Store> {
  const database = new DatabaseSync(path, { timeout: 0 })
  try {
    // EXCLUSIVE comes first: the lock is then taken with the first read, held for life, and freed by the system when the process dies.
    database.exec(
      `pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on`,
    )
    database.exec('begin exclusive; commit')
    migrate(database, path)
  } catch (error) {
    database.close()
    if (isBusy(error)) throw new DataDirectoryInUseError(path)
    throw error
  }
  let revision = 0
  const kysely = new Kysely<Schema>({ dialect: nodeSqliteDialect(database, () => revision++) })
  const storesOver = (connection: Kysely<Schema>): Stores => ({
    resources: resourceStore(connection),
    directory: directoryStore(connection, newGuid),
    roleAssignments: roleAssignmentStore(connection),
  })
  const stores = storesOver(kysely)
  const revisionNow = () => revision
  return {
    stores: {
      resources: rememberReads(stores.resources, revisionNow),
      directory: rememberReads(stores.directory, revisionNow),
      roleAssignments: rememberReads(stores.roleAssignments, revisionNow),
    },
    revision: revisionNow,
    signingKeys: signingKeyStore(kysely),
    transaction: (work) => kysely.transaction().execute((transaction) => work(storesOver(transaction))),
    async close() {
      await kysely.destroy()
      // Kysely closes only what it has used, and the lock must go even when nothing was asked of the store.
      if (database.isOpen) database.close()
    },
  }
}

/** Whether another process holds the lock: SQLITE_BUSY (5), whose low byte the extended codes share. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && (error.errcode & 0xff) === 5
}
