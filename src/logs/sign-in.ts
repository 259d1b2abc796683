/** Whose token it is, or would have been. */
export interface SignInPrincipal {
  readonly objectId: string
  readonly clientId: string
  readonly displayName: string
  readonly kind: 'systemAssigned' | 'userAssigned' | 'application' | 'user'
  /** ARM id of the host of a system-assigned identity, or of a user-assigned one. */
  readonly managedBy: string | undefined
  readonly userPrincipalName: string | undefined
}

/** Why there was no token. */
export interface SignInFailure {
  /** Entra's code without its letters: 500011 for AADSTS500011. */
  readonly errorCode: number
  readonly reason: string
}

/** A token that was issued, or refused. */
export interface SignInFacts {
  /** Milliseconds since the epoch. */
  readonly time: number
  readonly requestId: string
  readonly correlationId: string
  /** Undefined when the request named none that exists. */
  readonly principal: SignInPrincipal | undefined
  /** What the request named its client by; of use where there is no principal. */
  readonly clientId: string | undefined
  /** ARM id of the machine that asked. */
  readonly machineId: string | undefined
  /** The audience. */
  readonly resource: string | undefined
  readonly failure: SignInFailure | undefined
  /** How the client proved itself, or was asked: `managedIdentity`, `clientSecret`, `password`, … */
  readonly method: string
  /** Whether a person sat before it. */
  readonly isInteractive: boolean
  readonly ipAddress: string | undefined
  readonly userAgent: string | undefined
  /**
   * The payload of the token, base64url: its middle part, without header and signature. It is parsed when the log is written,
   * so that whoever waits for a token does not wait for that.
   */
  readonly payload: string | undefined
}

/** One row of the sign-in log: a sign-in, and those of the same token or with the same failure that followed it. */
export interface SignIn extends Omit<SignInFacts, 'payload'> {
  /** The request id of the first. */
  readonly id: string
  readonly count: number
  /** Milliseconds since the epoch. */
  readonly lastTime: number
  /** The claim `uti`; undefined where no token was issued, or where the row stands for several. */
  readonly tokenId: string | undefined
  readonly claims: Readonly<Record<string, unknown>> | undefined
}

/** What an endpoint counts by when it gives the same answer again; one addition, and nothing else. */
export interface SignInTally {
  count: number
  /** Milliseconds since the epoch. */
  lastTime: number
}
