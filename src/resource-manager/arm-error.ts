import { AuthorizationFailedError, type Caller, LinkedAuthorizationFailedError } from '../access-control/authorized.ts'
import { RoleAssignmentError } from '../access-control/errors.ts'
import type { ErrorAnswer } from '../http/http-app.ts'
import { InvalidResourceIdError } from '../resource-ids/resource-id.ts'
import { ResourceError } from '../resources/errors.ts'

/** An error of the resource manager itself, in ARM's words. */
export class ArmError extends Error {
  override name = 'ArmError'
  readonly status: number
  readonly code: string
  readonly headers: Readonly<Record<string, string>>
  /** What the answer does not say, for who asks why (a sentence); undefined when the message says it all. */
  readonly reason: string | undefined
  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}, reason?: string) {
    super(message)
    this.status = status
    this.code = code
    this.headers = headers
    this.reason = reason
  }
}

/** Statuses of domain errors; any other of them is 400. */
const statusByCode: Readonly<Record<string, number>> = {
  SubscriptionNotFound: 404,
  ResourceGroupNotFound: 404,
  ResourceNotFound: 404,
  ParentResourceNotFound: 404,
  ArtifactNotFound: 404,
  MissingSubscription: 404,
  ManagementGroupNotFound: 404,
  RoleAssignmentExists: 409,
  InvalidResourceGroupLocation: 409,
  InvalidResourceLocation: 409,
}

/** The one place where errors become ARM's envelope (wire.md F.2). An unknown error shows nothing of itself. */
export function toErrorAnswer(error: Error): ErrorAnswer {
  const known = toArmError(error)
  return { status: known.status, headers: known.headers, body: { error: { code: known.code, message: known.message } } }
}

function toArmError(error: Error & { code?: string; statusCode?: number }): ArmError {
  if (error instanceof ArmError) return error
  if (error instanceof ResourceError || error instanceof RoleAssignmentError) {
    return new ArmError(statusByCode[error.code] ?? 400, error.code, error.message)
  }
  if (error instanceof AuthorizationFailedError) {
    const { caller, action, scope } = error
    return new ArmError(
      403,
      'AuthorizationFailed',
      `The client '${nameOf(caller)}' with object id '${caller.objectId}' does not have authorization to perform action '${action}' over scope '${scope.text}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    )
  }
  if (error instanceof LinkedAuthorizationFailedError) {
    const { caller, held, scope, missing, linkedScope } = error
    return new ArmError(
      403,
      'LinkedAuthorizationFailed',
      `The client '${nameOf(caller)}' with object id '${caller.objectId}' has permission to perform action '${held}' on scope '${scope.text}'; however, it does not have permission to perform action(s) '${missing}' on the linked scope(s) '${linkedScope.text}' (respectively) or the linked scope(s) are invalid.`,
    )
  }
  if (error instanceof InvalidResourceIdError) return new ArmError(400, 'LinkedInvalidPropertyId', error.message)
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new ArmError(413, 'RequestEntityTooLarge', 'The request content size exceeds the maximum size of 4 MB.')
  }
  if (error.code === 'FST_ERR_BAD_URL') return new ArmError(400, 'InvalidRequestUri', 'The request URI is not properly escaped.')
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) return invalidContent(error.message)
  return new ArmError(
    500,
    'InternalServerError',
    'The server encountered an unexpected error. The request id finds it in the log.',
  )
}

/** A user is called by name, an application by its id. */
function nameOf({ userPrincipalName, clientId }: Caller): string {
  return userPrincipalName ?? clientId
}

/** A body that cannot be used, and why. */
export function invalidContent(detail: string): ArmError {
  return new ArmError(400, 'InvalidRequestContent', `The request content was invalid and could not be deserialized: '${detail}'`)
}
