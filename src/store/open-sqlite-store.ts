import { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import type { Stores, UnitOfWork } from '../resources/unit-of-work.ts'
import type { SigningKeyStore } from '../tokens/signing-key.ts'
import { directoryStore } from './directory-store.ts'
import { migrate } from './migrate.ts'
import { nodeSqliteDialect } from './node-sqlite-dialect.ts'
import { openingError } from './opening-error.ts'
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
  /**
   * Tells of each transaction that was kept. Its work is answered once all who follow are done, so that what follows from a write has
   * happened when the writer hears of it.
   * @returns stops telling
   */
  follow(follower: () => Promise<void>): () => void
  close(): Promise<void>
}

/** Says how a database is worked on: nothing that is acknowledged is lost, and one process has it. */
export function openingPragmas(database: DatabaseSync): void {
  // EXCLUSIVE comes first: the lock is then taken with the first read, held for life, and freed by the system when the process dies.
  database.exec(`pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on`)
}

/**
 * Opens, and makes or migrates, the SQLite database at `path` (`:memory:` keeps it in memory).
 * @throws DataDirectoryInUseError, DataDirectoryVersionError, DataDirectoryUnusableError
 */
export async function openSqliteStore({ path, newGuid }: { path: string; newGuid: () => string }): Promise<Store> {
  let database: DatabaseSync
  try {
    database = new DatabaseSync(path, { timeout: 0 })
  } catch (error) {
    throw openingError(error, path)
  }
  try {
    openingPragmas(database)
    database.exec('begin exclusive; commit')
    migrate(database, path)
  } catch (error) {
    database.close()
    throw openingError(error, path)
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
  const followers = new Set<() => Promise<void>>()
  return {
    stores: {
      resources: rememberReads(stores.resources, revisionNow),
      directory: rememberReads(stores.directory, revisionNow),
      roleAssignments: rememberReads(stores.roleAssignments, revisionNow),
    },
    revision: revisionNow,
    signingKeys: signingKeyStore(kysely),
    follow(follower) {
      followers.add(follower)
      return () => void followers.delete(follower)
    },
    async transaction(work) {
      const done = await kysely.transaction().execute((transaction) => work(storesOver(transaction)))
      await Promise.all([...followers].map((follower) => follower()))
      return done
    },
    async close() {
      await kysely.destroy()
      // Kysely closes only what it has used, and the lock must go even when nothing was asked of the store.
      if (database.isOpen) database.close()
    },
  }
}
