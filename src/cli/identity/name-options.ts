import type { Command } from 'commander'
import { apiVersions, identitiesPath } from '../../api-client/index.ts'
import type { Session } from '../session/session.ts'

export interface NameOptions {
  readonly resourceGroup: string
  readonly name: string
}

/** `-g` and `-n` of a verb that is about one identity. */
export function addNameOptions(command: Command): Command {
  return command
    .requiredOption('-g, --resource-group <name>', 'name of the resource group')
    .requiredOption('-n, --name <name>', 'name of the identity')
}

/** Path and version of the identity that the options name. */
export async function identityPath(session: Session, { resourceGroup, name }: NameOptions): Promise<string> {
  const { id } = await session.account()
  return `${identitiesPath(id, resourceGroup)}/${encodeURIComponent(name)}?api-version=${apiVersions.identities}`
}
