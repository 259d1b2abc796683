import { ApiError, ConnectionError, TokenRefusedError } from '../../api-client/errors.ts'

/** A failure as it is shown: what the platform calls it, what it says, and the request that `why` explains. */
export interface Failure {
  readonly code: string
  readonly message: string
  readonly requestId: string | undefined
}

/** What to show of an error. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ApiError) return { code: error.code, message: error.reason, requestId: error.requestId }
  if (error instanceof ConnectionError)
    return {
      code: 'ConnectionFailed',
      message: 'The platform does not answer. Is lanyard up still running?',
      requestId: undefined,
    }
  if (error instanceof TokenRefusedError) return { code: error.error, message: error.message, requestId: undefined }
  const message = error instanceof Error ? error.message : String(error)
  return { code: error instanceof Error ? error.name : 'Error', message, requestId: undefined }
}
