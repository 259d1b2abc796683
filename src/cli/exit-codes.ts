/** The exit codes of every command of the built-in client; `az` uses the same. `run` passes on its command's own code. */
export const exitCodes = { success: 0, failure: 1, usage: 2, notFound: 3 } as const

/** Said at the end of the program's --help. */
export const exitCodesHelp = `
Exit codes: 0 success, 1 failure, 2 wrong usage, 3 the resource was not found.`

/** The command was called in a way that it does not understand. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** The command was called rightly and what it is about does not exist. */
export class NotFoundError extends Error {
  override name = 'NotFoundError'
}

/** The command cannot do what it was asked; the message says why. */
export class CommandFailedError extends Error {
  override name = 'CommandFailedError'
}
