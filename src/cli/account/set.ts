import { UsageError } from '../exit-codes.ts'
import { writeProfile } from '../profile/profile.ts'
import { chooseAccount } from '../session/session.ts'
import { defineVerb } from '../verb.ts'

/** `lanyard account set` */
export const set = defineVerb<{ readonly subscription?: string; readonly name?: string }>({
  name: 'set',
  summary: 'Choose the subscription that commands use',
  examples: ['account set --subscription Production'],
  configure: (command) => {
    command
      .option('-s, --subscription <name-or-id>', 'name or id of the subscription')
      .option('-n, --name <name-or-id>', 'the same')
  },
  run: async (session, options) => {
    const wanted = options.subscription ?? options.name
    if (wanted === undefined) throw new UsageError('the following arguments are required: --subscription/-s')
    const profile = await session.profile()
    const chosen = chooseAccount(profile, wanted)
    const accounts = profile.accounts.map((account) => ({ ...account, isDefault: account.id === chosen.id }))
    await writeProfile(session.io, { ...profile, accounts })
  },
})
