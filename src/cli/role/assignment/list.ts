import { getDirectoryObjects, listRoleDefinitions } from '../../../api-client/index.ts'
import type { Session } from '../../session/session.ts'
import { defineVerb } from '../../verb.ts'
import { findAssignments, lastSegment, type FindOptions } from './find.ts'
import { describeAssignment } from './grant.ts'
import { addTargetOptions, scopeOf } from './target-options.ts'

/** `lanyard role assignment list` */
export const list = defineVerb<FindOptions>({
  name: 'list',
  summary: 'List role assignments',
  examples: ['role assignment list --all -o table', 'role assignment list --assignee CLIENT_ID -g lanyard'],
  table: '[].{Principal:principalName, Role:roleDefinitionName, Scope:scope}',
  configure: (command) => {
    addTargetOptions(command)
      .option('--all', 'everywhere in the subscription')
      .option('--include-inherited', 'also those of the scopes above')
  },
  run: async (session, options) => {
    const found = await findAssignments(session, options)
    if (found.length === 0) return []
    const roles = new Map(
      (await listRoleDefinitions(session.arm, await scopeOf(session, options))).map((role) => [
        lastSegment(role.id),
        role.properties.roleName,
      ]),
    )
    const principals = await principalNames(session, [...new Set(found.map((each) => each.properties.principalId))])
    return found.map((each) => ({
      ...describeAssignment(each),
      roleDefinitionName: roles.get(lastSegment(each.properties.roleDefinitionId)) ?? null,
      principalName: principals.get(each.properties.principalId.toLowerCase()) ?? null,
    }))
  },
})

/** Names are a courtesy: an identity that may not read the directory still gets its list. */
async function principalNames(session: Session, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  try {
    const objects = await getDirectoryObjects(session.graph, ids)
    return new Map(
      objects.map((each) => [
        each.id.toLowerCase(),
        each.servicePrincipalNames?.[0] ?? each.appId ?? each.displayName ?? each.id,
      ]),
    )
  } catch (error) {
    session.messages.info(`The names of the principals cannot be read: ${error instanceof Error ? error.message : String(error)}`)
    return new Map()
  }
}
