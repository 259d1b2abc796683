import { isDeepStrictEqual } from 'node:util'
import type { DirectoryStore } from './directory-store.ts'
import { hashSecret, isSecretOf } from './secret-hash.ts'
import type { User } from './user.ts'

export interface NewUser {
  readonly userPrincipalName: string
  readonly displayName: string
  /** Undefined keeps the one that the user has, or leaves a new user without: the sign-in code stands in for it. */
  readonly password?: string | undefined
}

/** What came of a sign-in: the user, or why not. */
export type UserAuthentication = User | 'unknown' | 'wrongPassword'

/** The people of the tenant. */
export interface Users {
  /** Makes a user exist. The same name again, in any casing, gives the one that there is another display name or password. */
  registerUser(user: NewUser): Promise<User>
  /** The user of that name, if `password` is theirs. */
  authenticateUser(userPrincipalName: string, password: string): Promise<UserAuthentication>
  findUser(objectId: string): Promise<User | undefined>
}

export interface UsersOptions {
  readonly store: Pick<DirectoryStore, 'findUser' | 'findUserByName' | 'saveUser'>
  /** Whether a text is the platform's sign-in code. */
  readonly isSignInCode: (text: string) => boolean
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly newGuid: () => string
  readonly randomBytes: (size: number) => Uint8Array
}

/** Longest password that is looked at, in UTF-16 units; Entra's own limit is 256. */
const longestPassword = 256

/** The users over a store. Its functions need no `this`. */
export function createUsers({ store, isSignInCode, clock, newGuid, randomBytes }: UsersOptions): Users {
  return {
    async registerUser({ userPrincipalName, displayName, password }) {
      const existing = await store.findUserByName(userPrincipalName)
      const user: User = {
        objectId: existing?.objectId ?? newGuid().toLowerCase(),
        userPrincipalName,
        displayName,
        passwordHash: await passwordHashOf(password, existing?.passwordHash),
        createdAt: existing?.createdAt ?? clock(),
      }
      if (!isDeepStrictEqual(user, existing)) await store.saveUser(user)
      return user
    },

    async authenticateUser(userPrincipalName, password) {
      const user = await store.findUserByName(userPrincipalName)
      if (!user) return 'unknown'
      // An empty password is nobody's, whatever is kept.
      if (password === '' || password.length > longestPassword) return 'wrongPassword'
      const { passwordHash } = user
      const isRight = passwordHash === undefined ? isSignInCode(password) : await isSecretOf(passwordHash, password)
      return isRight ? user : 'wrongPassword'
    },

    findUser: (objectId) => store.findUser(objectId.toLowerCase()),
  }

  /** The kept hash where it is of this password already: a world that is applied again writes nothing. */
  async function passwordHashOf(password: string | undefined, kept: string | undefined): Promise<string | undefined> {
    if (password === undefined) return kept
    if (kept !== undefined && (await isSecretOf(kept, password))) return kept
    return hashSecret(password, randomBytes(16))
  }
}
