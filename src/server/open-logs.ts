import path from 'node:path'
import type { FastifyBaseLogger } from 'fastify'
import { createLogs, type Logs } from '../logs/create-logs.ts'

export interface OpenLogsOptions {
  /** The data directory; undefined keeps the logs in memory. */
  readonly directory: string | undefined
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly logger: FastifyBaseLogger
}

/** The logs of a platform, in a database of their own beside its own. Nothing is opened yet. */
export function openLogs({ directory, clock, logger }: OpenLogsOptions): Logs {
  const onWarning = (fields: object, message: string) => logger.warn(fields, message)
  return createLogs({
    open: async () => {
      const { openLogStore } = await import('../store/open-log-store.ts')
      const file = directory === undefined ? ':memory:' : path.join(directory, 'logs.db')
      return openLogStore({ path: file, now: clock(), onWarning })
    },
    isLasting: directory !== undefined,
    clock,
    schedule: (work, after) => {
      const timer = setTimeout(work, after).unref()
      return { cancel: () => clearTimeout(timer) }
    },
    onError: (error) => logger.error({ err: error }, 'the logs could not be written'),
  })
}
