import { readProfile, describeAccount } from '../profile/profile.ts'
import { defineVerb } from '../verb.ts'

export const accountTable =
  '[].{Name:name, CloudName:environmentName, SubscriptionId:id, TenantId:tenantId, State:state, IsDefault:isDefault}'

/** `lanyard account list` */
export const list = defineVerb<{ readonly all?: boolean }>({
  name: 'list',
  summary: 'List the subscriptions of the signed-in identity',
  examples: ['account list -o table', "account list --query '[].id' -o tsv"],
  table: accountTable,
  configure: (command) => {
    command.option('--all', 'also subscriptions that are not enabled')
  },
  run: async ({ io, messages }, options) => {
    const profile = await readProfile(io)
    if (!profile) {
      messages.warn("Please run 'lanyard login' to access your accounts.")
      return []
    }
    const shown = profile.accounts.filter((account) => options.all || account.state === 'Enabled')
    return shown.map((account) => describeAccount(account, profile.signIn))
  },
})
