import { firstTables } from './0001-first-tables.ts'
import { applicationCredentials } from './0002-application-credentials.ts'
import { users } from './0003-users.ts'

/** Every migration in order. The version of a database is how many of them it has had; never change or reorder one. */
export const migrations: readonly (readonly string[])[] = [firstTables, applicationCredentials, users]
