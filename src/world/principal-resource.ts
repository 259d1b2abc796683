import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import type { ResourceId } from '../resource-ids/resource-id.ts'
import { resourceTypeOfHost } from '../resources/host-kind.ts'
import type { WorldPath } from './world-file-error.ts'
import type { World, WorldGroup, WorldMachine, WorldPrincipal } from './world-schema.ts'

const identityType = 'Microsoft.ManagedIdentity/userAssignedIdentities'

/** Id of a machine of a group. */
export const machineId = (groupScope: string, { name, host }: Pick<WorldMachine, 'name' | 'host'>) =>
  `${groupScope}/providers/${resourceTypeOfHost(host)}/${name}`

/** Id of a user-assigned identity; `name` may be a whole resource id already. */
export const identityId = (groupScope: string, name: string) =>
  name.startsWith('/') ? name : `${groupScope}/providers/${identityType}/${name}`

/** Every group of a world, with its id and its place. */
export function groupsOf(world: World) {
  return world.subscriptions.flatMap((subscription, s) =>
    subscription.resourceGroups.map((group, g) => ({
      group,
      scope: `/subscriptions/${subscription.id}/resourceGroups/${group.name}`,
      path: ['subscriptions', s, 'resourceGroups', g] as const,
    })),
  )
}

/** The lists of a group that hold machines. */
export type MachineList = 'virtualMachines' | 'machines'

/** Every machine of a group, of whichever list, with its place. */
export function machinesOf(group: WorldGroup, path: WorldPath) {
  return (['virtualMachines', 'machines'] as const).flatMap((list: MachineList) =>
    group[list].map((written, m) => {
      const machine: WorldMachine = { ...written, host: written.host ?? 'vm' }
      return { machine, list, path: [...path, list, m] }
    }),
  )
}

/** What a role assignment means by a machine or an identity. */
export interface NamedResource {
  readonly property: 'virtualMachine' | 'machine' | 'userAssignedIdentity'
  /** As written in the file. */
  readonly written: string
  /** What it can mean: one, unless the name is in several groups, or in none. */
  readonly ids: readonly ResourceId[]
  /** Names of that kind that the file has. */
  readonly known: readonly string[]
}

/**
 * The machine or the identity that a principal names; undefined for an application or a user.
 * @throws InvalidResourceIdError when it is written as a resource id and is none
 */
export function namedResource(principal: WorldPrincipal, world: World): NamedResource | undefined {
  const property = (['virtualMachine', 'machine', 'userAssignedIdentity'] as const).find((name) => principal[name] !== undefined)
  const written = property && principal[property]
  if (property === undefined || written === undefined) return undefined
  const all = groupsOf(world).flatMap(({ group, scope, path }) =>
    property !== 'userAssignedIdentity'
      ? machinesOf(group, path)
          .filter(({ list }) => property === 'machine' || list === 'virtualMachines')
          .map(({ machine }) => ({ name: machine.name, id: machineId(scope, machine) }))
      : group.userAssignedIdentities.map(({ name }) => ({ name, id: identityId(scope, name) })),
  )
  const ids = written.startsWith('/')
    ? [written]
    : all.filter(({ name }) => name.toLowerCase() === written.toLowerCase()).map(({ id }) => id)
  return { property, written, ids: ids.map((id) => parseResourceId(id)), known: all.map(({ name }) => name) }
}

/** The scope of a role assignment: what does not begin with a slash is below the first subscription. */
export function assignmentScope(scope: string, world: World): ResourceId {
  return parseResourceId(scope.startsWith('/') ? scope : `/subscriptions/${world.subscriptions[0]?.id ?? ''}/${scope}`)
}
