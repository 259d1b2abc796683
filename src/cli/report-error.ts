import { ApiError } from '../api-client/index.ts'
import type { CommandIo } from './command-io.ts'
import { exitCodes, NotFoundError, UsageError } from './exit-codes.ts'

/** Writes an error the way `az` does and sets the exit code. */
export function reportError(io: CommandIo, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  io.stderr.write(`ERROR: ${message}\n`)
  if (error instanceof ApiError) io.stderr.write(`Code: ${error.code}\nMessage: ${error.reason}\n`)
  io.setExitCode(exitCodeOf(error))
}

function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return exitCodes.usage
  if (error instanceof NotFoundError) return exitCodes.notFound
  return error instanceof ApiError && error.status === 404 ? exitCodes.notFound : exitCodes.failure
}
