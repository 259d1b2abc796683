import { deleteRoleAssignment } from '../../../api-client/index.ts'
import { CommandFailedError, UsageError } from '../../exit-codes.ts'
import { defineVerb } from '../../verb.ts'
import { findAssignments, type FindOptions } from './find.ts'
import { addTargetOptions } from './target-options.ts'

/** `lanyard role assignment delete` */
export const remove = defineVerb<FindOptions & { readonly ids?: readonly string[] }>({
  name: 'delete',
  summary: 'Take roles away',
  examples: ['role assignment delete --assignee CLIENT_ID --role Reader -g lanyard', 'role assignment delete --ids ID'],
  configure: (command) => {
    addTargetOptions(command)
      .option('--ids <id...>', 'ids of the assignments')
      .option('--include-inherited', 'also those of the scopes above')
  },
  run: async (session, options) => {
    const { ids, assignee, assigneeObjectId, role, scope, resourceGroup } = options
    if (ids === undefined && !(assignee ?? assigneeObjectId ?? role ?? scope ?? resourceGroup)) {
      throw new UsageError("Say which: '--ids', or '--assignee', '--role', '--scope' or '--resource-group'.")
    }
    const doomed = ids ?? (await findAssignments(session, options)).map((each) => each.id)
    if (doomed.length === 0) throw new CommandFailedError('No matched assignments were found to delete')
    for (const id of doomed) await deleteRoleAssignment(session.arm, id)
  },
})
