/** Who did something, as far as the token said it. */
export interface LoggedCaller {
  readonly objectId: string
  readonly clientId: string
  /** User principal name; undefined for a service principal. */
  readonly userPrincipalName: string | undefined
}

/** One write of the control plane, done or refused. */
export interface ActivityEvent {
  /** GUID. */
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly time: number
  readonly caller: LoggedCaller
  /** The claims of the token that was shown, never the token. */
  readonly claims: Readonly<Record<string, string>>
  /** For instance `Microsoft.Compute/virtualMachines/write`. */
  readonly action: string
  /** ARM id, as written; `/` for the tenant. */
  readonly scope: string
  readonly status: 'Succeeded' | 'Failed'
  /** Of the answer; undefined for what came by no request, as the world file does. */
  readonly httpStatus: number | undefined
  /** Of the error, for instance `AuthorizationFailed`; undefined when there was none. */
  readonly errorCode: string | undefined
  readonly message: string | undefined
  readonly requestId: string
  readonly correlationId: string
  readonly clientRequestId: string | undefined
  readonly clientIpAddress: string | undefined
  readonly method: string | undefined
  /** The address without its query. */
  readonly uri: string | undefined
  /** ARM id of the machine by whose listener the request came. */
  readonly machineId: string | undefined
}
