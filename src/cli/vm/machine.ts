import type { Command } from 'commander'
import { apiVersions, identitiesPath, virtualMachinesPath } from '../../api-client/index.ts'
import { resource, type IdentityBlock, type Resource } from '../../contracts/resource.ts'
import type { Session } from '../session/session.ts'

export interface NameOptions {
  readonly resourceGroup: string
  readonly name: string
}

/** `-g` and `-n` of a verb that is about one machine. */
export function addNameOptions(command: Command): Command {
  return command
    .requiredOption('-g, --resource-group <name>', 'name of the resource group')
    .requiredOption('-n, --name <name>', 'name of the virtual machine')
}

/** Path and version of the machine that the options name. */
export async function machinePath(session: Session, { resourceGroup, name }: NameOptions): Promise<string> {
  const { id } = await session.account()
  return `${virtualMachinesPath(id, resourceGroup)}/${encodeURIComponent(name)}?api-version=${apiVersions.virtualMachines}`
}

/** The machine as it is now. */
export async function readMachine(session: Session, options: NameOptions): Promise<Resource> {
  return resource.parse(await session.arm.call({ method: 'GET', path: await machinePath(session, options) }))
}

/** What `--assign-identity` and `--identities` name. */
export interface WantedIdentities {
  readonly system: boolean
  /** ARM ids. */
  readonly userAssigned: readonly string[]
}

/** Reads `[system]`, ids, and names of identities in the machine's group; nothing named is `[system]`. */
export async function parseIdentities(
  session: Session,
  group: string,
  named: readonly string[] | true | undefined,
): Promise<WantedIdentities> {
  const names = named === true || named === undefined ? [] : named
  const { id } = await session.account()
  const userAssigned = names
    .filter((name) => name !== '[system]')
    .map((name) => (name.startsWith('/') ? name : `${identitiesPath(id, group)}/${name}`))
  return { system: names.length === 0 || names.includes('[system]'), userAssigned }
}

/** The `type` of an identity block as the API spells it. */
export function identityType(system: boolean, userAssigned: boolean): string {
  const kinds = [...(system ? ['SystemAssigned'] : []), ...(userAssigned ? ['UserAssigned'] : [])]
  return kinds.join(', ') || 'None'
}

/** Ids of the user-assigned identities that a block holds. */
export function userAssignedIds(block: IdentityBlock | null | undefined): readonly string[] {
  return Object.keys(block?.userAssignedIdentities ?? {})
}

/** A machine's identities as `az vm create` and `az vm identity assign` print them. */
export function describeIdentities(block: IdentityBlock | null | undefined): Record<string, unknown> {
  return { systemAssignedIdentity: block?.principalId ?? '', userAssignedIdentities: block?.userAssignedIdentities ?? {} }
}
