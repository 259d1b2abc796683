import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { SqliteDialect, type SqliteDatabase, type SqliteStatement } from 'kysely'

/** More than the store has different statements; a bound all the same, in case one is ever made of a list of values. */
const keptStatements = 200

/**
 * Kysely's SQLite dialect over Node's own driver. Statements are prepared once and kept.
 * @param onWrite called after each statement that is not a plain reading, `begin` and `commit` among them
 */
export function nodeSqliteDialect(database: DatabaseSync, onWrite: () => void): SqliteDialect {
  const statements = new Map<string, SqliteStatement>()
  const adapted: SqliteDatabase = {
    prepare(sql) {
      const kept = statements.get(sql)
      if (kept) return kept
      if (statements.size >= keptStatements) statements.clear()
      const statement = prepare(database, sql, /^\s*select\b/i.test(sql) ? undefined : onWrite)
      statements.set(sql, statement)
      return statement
    },
    close: () => database.close(),
  }
  return new SqliteDialect({ database: adapted })
}

function prepare(database: DatabaseSync, sql: string, onWrite: (() => void) | undefined): SqliteStatement {
  const statement = database.prepare(sql)
  const written = <T>(result: T): T => {
    onWrite?.()
    return result
  }
  return {
    // Only a statement that yields columns is a reader: node:sqlite tells by its column list.
    reader: statement.columns().length > 0,
    all: (parameters) => written(statement.all(...(parameters as SQLInputValue[]))),
    run: (parameters) => written(statement.run(...(parameters as SQLInputValue[]))),
    // A statement of its own: running the kept one again while rows are being read would start it over.
    iterate: (parameters) => database.prepare(sql).iterate(...(parameters as SQLInputValue[])),
  }
}
