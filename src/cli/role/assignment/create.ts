import { UsageError } from '../../exit-codes.ts'
import { defineVerb } from '../../verb.ts'
import { describeAssignment, grantRole } from './grant.ts'
import { addTargetOptions, assigneeOf, scopeOf, type TargetOptions } from './target-options.ts'

interface CreateOptions extends TargetOptions {
  readonly assigneePrincipalType?: string
  readonly name?: string
}

/** `lanyard role assignment create` */
export const create = defineVerb<CreateOptions>({
  name: 'create',
  summary: 'Give an identity a role',
  examples: [
    'role assignment create --assignee-object-id OBJECT_ID --assignee-principal-type ServicePrincipal --role Reader -g lanyard',
    'role assignment create --assignee CLIENT_ID --role Reader --scope /subscriptions/SUBSCRIPTION_ID',
  ],
  configure: (command) => {
    addTargetOptions(command)
      .option('--assignee-principal-type <type>', 'User, Group or ServicePrincipal')
      .option('-n, --name <guid>', 'name of the assignment; a new GUID when left out')
  },
  run: async (session, options) => {
    if (options.role === undefined) throw new UsageError('the following arguments are required: --role')
    if (options.scope === undefined && options.resourceGroup === undefined)
      throw new UsageError('the following arguments are required: --scope')
    const scope = await scopeOf(session, options)
    const principalId = await assigneeOf(session, options)
    if (principalId === undefined) throw new UsageError('usage error: --assignee STRING | --assignee-object-id GUID')
    const { role, name, assigneePrincipalType: principalType } = options
    return describeAssignment(await grantRole(session, { principalId, principalType, role, scope, name }))
  },
})
