import type { Users } from '../directory/create-users.ts'
import type { User } from '../directory/user.ts'
import type { AuthorizationRequest } from './authorization-request.ts'
import { createLockout, type Lockout } from './lockout.ts'
import { createOneTimeStore, type OneTimeStore } from './one-time-store.ts'
import { lockedOut, unknownUser, wrongPassword } from './sign-in-errors.ts'
import { createUserSessions, type UserSessions } from './user-sessions.ts'

/** What the token endpoint needs of the users. */
export type UserDirectory = Pick<Users, 'authenticateUser' | 'findUser'>

/** What an authorization code stands for. */
export interface GrantedCode {
  readonly request: AuthorizationRequest
  readonly objectId: string
  readonly sessionId: string
}

/** Everything that is remembered of users' sign-ins. It is in memory, and ends with the process. */
export interface UserSignIns {
  readonly users: UserDirectory
  /** Requests whose sign-in page is open. */
  readonly pending: OneTimeStore<AuthorizationRequest>
  readonly codes: OneTimeStore<GrantedCode>
  readonly sessions: UserSessions
  readonly lockout: Lockout
}

export interface UserSignInsOptions {
  readonly users: UserDirectory
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly randomBytes: (size: number) => Uint8Array
}

/** Seconds for which a sign-in page may stay open. */
const pageLifetime = 900
/** Seconds within which a client redeems its code: the longest that RFC 6749 4.1.2 recommends. */
const codeLifetime = 600
/** More are never under way on one machine; a bound all the same, since anybody can open a page. */
const mostUnderWay = 1_000

export function createUserSignIns({ users, clock, randomBytes }: UserSignInsOptions): UserSignIns {
  const shared = { largest: mostUnderWay, clock, randomBytes }
  return {
    users,
    pending: createOneTimeStore({ ...shared, lifetimeSeconds: pageLifetime }),
    codes: createOneTimeStore({ ...shared, lifetimeSeconds: codeLifetime }),
    sessions: createUserSessions({ clock, randomBytes }),
    lockout: createLockout(clock),
  }
}

/**
 * The user who proves to be the one that they say.
 * @param name user principal name, as typed
 * @throws EntraError AADSTS50034, 50126, 50053
 */
export async function authenticateUser(
  name: string,
  password: string,
  tenantId: string,
  { users, lockout }: Pick<UserSignIns, 'users' | 'lockout'>,
): Promise<User> {
  const typed = name.trim()
  const account = typed.toLowerCase()
  if (lockout.isLocked(account)) throw lockedOut()
  lockout.tried(account)
  const outcome = await users.authenticateUser(typed, password)
  if (outcome === 'wrongPassword') throw wrongPassword()
  // What is not kept for a name that nobody has cannot fill the memory.
  lockout.succeeded(account)
  if (outcome === 'unknown') throw unknownUser(typed, tenantId)
  return outcome
}
