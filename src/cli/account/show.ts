import { describeAccount } from '../profile/profile.ts'
import { defineVerb } from '../verb.ts'
import { accountTable } from './list.ts'

/** `lanyard account show` */
export const show = defineVerb({
  name: 'show',
  summary: 'Show the subscription in use',
  examples: ['account show', 'account show --query user.type -o tsv'],
  table: accountTable.replace('[].', ''),
  run: async (session) => describeAccount(await session.account(), (await session.profile()).signIn),
})
