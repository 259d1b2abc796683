import { apiVersions, identitiesPath } from '../../api-client/index.ts'
import { resource, type IdentityBlock, type Resource } from '../../contracts/resource.ts'
import type { NamedKind } from '../session/named-resource.ts'
import type { Session } from '../session/session.ts'

export const machineKind: NamedKind = { label: 'virtual machine', type: 'Microsoft.Compute/virtualMachines' }

/** The machine's path with its version. */
export const machinePath = (id: string): string => `${id}?api-version=${apiVersions.virtualMachines}`

/** The machine as it is now. */
export async function readMachine(session: Session, id: string): Promise<Resource> {
  return resource.parse(await session.arm.call({ method: 'GET', path: machinePath(id) }))
}

/** What `--assign-identity` and `--identities` name. */
export interface WantedIdentities {
  readonly system: boolean
  /** ARM ids. */
  readonly userAssigned: readonly string[]
}

/**
 * Reads `[system]`, ids, and names of identities in the machine's group; nothing named is `[system]`.
 * @param machineId ARM id
 */
export function parseIdentities(machineId: string, named: readonly string[] | true | undefined): WantedIdentities {
  const names = named === true || named === undefined ? [] : named
  const [, , subscription = '', , group = ''] = machineId.split('/')
  const userAssigned = names
    .filter((name) => name !== '[system]')
    .map((name) => (name.startsWith('/') ? name : `${identitiesPath(subscription, decodeURIComponent(group))}/${name}`))
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
