import { CommandFailedError } from '../exit-codes.ts'
import { removeProfile, readProfile } from '../profile/profile.ts'
import { removeTokens } from '../profile/token-cache.ts'
import { defineVerb } from '../verb.ts'

/** `lanyard logout`: also the way out of an unreadable profile. */
export const createCommand = defineVerb({
  name: 'logout',
  summary: 'Sign out: forget the sign-in, the subscriptions and all tokens',
  examples: ['logout'],
  run: async ({ io }) => {
    const wasSignedIn = await readProfile(io).then(
      (profile) => profile !== undefined,
      () => true,
    )
    await removeTokens(io)
    await removeProfile(io)
    if (!wasSignedIn) throw new CommandFailedError('There are no active accounts.')
  },
})
