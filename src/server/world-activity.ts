import type { AccessControl } from '../access-control/access-control.ts'
import type { Authorized } from '../access-control/authorized.ts'
import type { LogRecorder } from '../logs/create-logs.ts'

/** Access control that remembers what it has authorised: what a world file changes, since it asks for nothing that it does not do. */
export function rememberAuthorized(accessControl: AccessControl) {
  const authorized: Authorized[] = []
  return {
    authorized: authorized as readonly Authorized[],
    accessControl: {
      ...accessControl,
      authorize: async (...parameters: Parameters<AccessControl['authorize']>) => {
        const proof = await accessControl.authorize(...parameters)
        authorized.push(proof)
        return proof
      },
    } satisfies AccessControl,
  }
}

/** Writes what the world file has changed into the activity log: one operation of the administrator. */
export function recordWorld(
  authorized: readonly Authorized[],
  recorder: LogRecorder,
  { time, newGuid }: { time: number; newGuid: () => string },
): void {
  const correlationId = newGuid()
  for (const { caller, action, scope } of authorized) {
    const id = newGuid()
    recorder.activity({
      id,
      time,
      caller: { objectId: caller.objectId, clientId: caller.clientId, userPrincipalName: undefined },
      claims: {},
      action,
      scope: scope.text,
      status: 'Succeeded',
      httpStatus: undefined,
      errorCode: undefined,
      message: undefined,
      requestId: id,
      correlationId,
      clientRequestId: undefined,
      clientIpAddress: undefined,
      method: undefined,
      uri: undefined,
      machineId: undefined,
    })
  }
}
