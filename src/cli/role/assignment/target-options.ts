import type { Command } from 'commander'
import { resolveAssignee, scopePath } from '../../../api-client/index.ts'
import { UsageError } from '../../exit-codes.ts'
import type { Session } from '../../session/session.ts'

export interface TargetOptions {
  readonly assignee?: string
  readonly assigneeObjectId?: string
  readonly role?: string
  readonly scope?: string
  readonly resourceGroup?: string
}

/** The options that say whom, what and where. */
export function addTargetOptions(command: Command): Command {
  return command
    .option('--assignee <id>', 'client id or object id, looked up in the directory')
    .option('--assignee-object-id <guid>', 'object id, taken as it is')
    .option('--role <name-or-id>', 'name, GUID or id of the role')
    .option('--scope <id>', 'where: id of a subscription, group or resource')
    .option('-g, --resource-group <name>', 'where: this resource group')
}

/** Object id of the assignee; undefined when none was given. */
export async function assigneeOf(session: Session, options: TargetOptions): Promise<string | undefined> {
  if (options.assigneeObjectId !== undefined) return options.assigneeObjectId
  return options.assignee === undefined ? undefined : resolveAssignee(session.graph, options.assignee)
}

/** The scope that was asked for; the subscription when none was. */
export async function scopeOf(session: Session, options: TargetOptions): Promise<string> {
  if (options.scope !== undefined && options.resourceGroup !== undefined) {
    throw new UsageError("Give '--scope' or '--resource-group', not both.")
  }
  return options.scope ?? scopePath((await session.account()).id, options.resourceGroup)
}
