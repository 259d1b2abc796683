import { firstLogs } from './0001-first-logs.ts'

/** Every migration of the logs' database in order; never change or reorder one. */
export const logMigrations: readonly (readonly string[])[] = [firstLogs]
