import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AccessControl, Visibility } from '../access-control/access-control.ts'
import type { Authorized, Caller } from '../access-control/authorized.ts'
import type { Logs } from '../logs/create-logs.ts'
import type { ResourceId } from '../resource-ids/resource-id.ts'
import type { ScheduledEvents } from '../resources/compute/scheduled-events.ts'
import type { Resources } from '../resources/operations.ts'
import type { RequestMachineToken } from './token-requests.ts'

/** What handlers work with. */
export interface Services {
  readonly resources: Resources
  readonly accessControl: AccessControl
  readonly tenantId: string
  /** What was done and refused. */
  readonly logs: Pick<Logs, 'listActivity' | 'findRefusal'>
  /** Counters that change with every write and with every row of the logs. */
  readonly latestChanges: () => Promise<{ readonly revision: number; readonly logs: number }>
  /** Asks a machine's own token source. */
  readonly requestMachineToken: RequestMachineToken
  /** Tells machines of what is about to happen to them. */
  readonly scheduledEvents: Pick<ScheduledEvents, 'announce'>
}

/** What the path names: a scope, and the segments that the route's pattern gives names to. */
export interface Target {
  readonly scope: ResourceId
  readonly names: Readonly<Record<string, string>>
}

/** A request whose caller is known and whose path is understood. */
export interface Call extends Target {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly caller: Caller
  readonly apiVersion: string
  readonly services: Services
}

/** A call whose caller holds the route's action at the scope. */
export interface AuthorizedCall extends Call {
  readonly authorized: Authorized
}

/** A call that is answered with what its caller may see. */
export interface ListCall extends Call {
  readonly visibility: Visibility
}

/** The action of an operation, for instance `Microsoft.Compute/virtualMachines/read`. */
export type Action = string | ((target: Target) => string)

interface RoutePath {
  readonly method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE' | 'HEAD'
  /** See `route-pattern.ts`. */
  readonly pattern: string
}

/** Without the action at the scope: 403. The handler is given the proof and cannot be reached without it. */
export interface ActionRoute extends RoutePath {
  readonly action: Action
  readonly listAction?: undefined
  readonly open?: undefined
  readonly handle: (call: AuthorizedCall) => Promise<unknown>
}

/** Answers with less for those who may see less. Who holds no role at, above or below the scope needs the action: 403. */
export interface ListRoute extends RoutePath {
  readonly action?: undefined
  readonly listAction: Action
  readonly open?: undefined
  readonly handle: (call: ListCall) => Promise<unknown>
}

/** For every principal of the tenant. The denial test holds the list of those that there are. */
export interface OpenRoute extends RoutePath {
  readonly action?: undefined
  readonly listAction?: undefined
  readonly open: true
  readonly handle: (call: ListCall) => Promise<unknown>
}

/** One operation of the control plane. The denial test reads the same table that answers the requests. */
export type Route = ActionRoute | ListRoute | OpenRoute

/** The action of an operation on what the path names; undefined for one that is for everybody. */
export function actionOf({ action, listAction }: Route, target: Target): string | undefined {
  const named = action ?? listAction
  return typeof named === 'function' ? named(target) : named
}

/** Runs an operation for those who may. @throws AuthorizationFailedError, and what the operation throws */
export async function perform(route: Route, call: Call): Promise<unknown> {
  const { accessControl } = call.services
  const action = actionOf(route, call)
  if (route.action !== undefined) {
    return route.handle({ ...call, authorized: await accessControl.authorize(call.caller, action ?? '', call.scope) })
  }
  const visibility = await accessControl.visibility(call.caller)
  if (action !== undefined && !visibility.reaches(call.scope)) await accessControl.authorize(call.caller, action, call.scope)
  return route.handle({ ...call, visibility })
}
