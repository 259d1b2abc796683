import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import { InvalidResourceIdError } from '../resource-ids/resource-id.ts'
import { isUserAssignedIdentity } from '../resources/managed-identity/user-assigned-identity.ts'
import { closestName } from './closest-name.ts'
import { assignmentScope, groupsOf, machineId, machinesOf, namedResource } from './principal-resource.ts'
import type { Mistake, WorldPath } from './world-file-error.ts'
import type { World, WorldGroup } from './world-schema.ts'

/** The types that have a list of their own in a group. Those of other hosts may stand under `resources` too: not every site has an identity. */
const ownLists = new Map([
  ['microsoft.compute/virtualmachines', 'virtualMachines'],
  ['microsoft.managedidentity/userassignedidentities', 'userAssignedIdentities'],
])

const kindNames = { virtualMachine: 'virtual machine', machine: 'machine', userAssignedIdentity: 'user-assigned identity' }

/** Names of machines, identities, applications and groups that the file does not have. What is meant by a resource id may be elsewhere. */
export function findDeadReferences(world: World): readonly Mistake[] {
  return [
    ...groupsOf(world).flatMap(({ group, path }) => [...inMachines(group, path), ...inResources(group, path)]),
    ...world.roleAssignments.flatMap((assignment, a) => {
      const path = ['roleAssignments', a]
      return [...inPrincipal(world, a, [...path, 'principal']), ...inScope(assignment.scope, world, [...path, 'scope'])]
    }),
    ...inFaults(world),
  ]
}

function inFaults(world: World): readonly Mistake[] {
  const known = groupsOf(world).flatMap(({ group, path }) => machinesOf(group, path).map(({ machine }) => machine.name))
  return (world.faults ?? []).flatMap((fault, f) => {
    const written = 'machine' in fault ? fault.machine : undefined
    if (written === undefined || written.startsWith('/') || holds(known, written)) return []
    return [{ path: ['faults', f, 'machine'], message: `this file has no machine '${written}'; ${choice(written, known)}` }]
  })
}

function inMachines(group: WorldGroup, path: WorldPath): readonly Mistake[] {
  const known = group.userAssignedIdentities.map(({ name }) => name)
  return machinesOf(group, path).flatMap(({ machine, path: of }) =>
    machine.userAssignedIdentities.flatMap((written, i) => {
      const place = [...of, 'userAssignedIdentities', i]
      if (written.startsWith('/')) return notAnIdentity(written, place)
      if (holds(known, written)) return []
      const what = `the group '${group.name}' of this file has no user-assigned identity '${written}'`
      return [{ path: place, message: `${what}; ${choice(written, known)}` }]
    }),
  )
}

function notAnIdentity(written: string, path: WorldPath): readonly Mistake[] {
  return parsed(written, path, (id) =>
    isUserAssignedIdentity(id)
      ? []
      : [{ path, message: `expected the resource id of a user-assigned identity, and this is one of a ${id.type}` }],
  )
}

function inResources(group: WorldGroup, path: WorldPath): readonly Mistake[] {
  return group.resources.flatMap(({ type, name, properties }, r) => {
    const place = [...path, 'resources', r]
    const own = ownLists.get(type.toLowerCase())
    if (own !== undefined) return [{ path: [...place, 'type'], message: `write a ${type} under ${own}` }]
    const [types, names] = [type.split('/').length - 1, name.split('/').length]
    if (types !== names || name.split('/').includes('')) {
      return [{ path: [...place, 'name'], message: `expected ${types} name(s) with / between, as the type ${type} has` }]
    }
    if ('provisioningState' in properties) {
      return [{ path: [...place, 'properties', 'provisioningState'], message: 'provisioningState is set by the platform' }]
    }
    return []
  })
}

function inPrincipal(world: World, index: number, path: WorldPath): readonly Mistake[] {
  const principal = world.roleAssignments[index]?.principal ?? {}
  if (principal.application !== undefined) {
    const known = world.applications.map(({ name }) => name)
    if (known.includes(principal.application)) return []
    const what = `this file has no application '${principal.application}'`
    return [{ path: [...path, 'application'], message: `${what}; ${choice(principal.application, known)}` }]
  }
  if (principal.user !== undefined) {
    const known = (world.users ?? []).map(({ userPrincipalName }) => userPrincipalName)
    if (holds(known, principal.user)) return []
    const what = `this file has no user '${principal.user}'`
    return [{ path: [...path, 'user'], message: `${what}; ${choice(principal.user, known)}` }]
  }
  const property = (['virtualMachine', 'machine', 'userAssignedIdentity'] as const).find((name) => principal[name] !== undefined)
  const place = [...path, property ?? 'userAssignedIdentity']
  try {
    const named = namedResource(principal, world)
    if (!named) return []
    const kind = kindNames[named.property]
    const [id, second] = named.ids
    if (id === undefined) {
      return [{ path: place, message: `this file has no ${kind} '${named.written}'; ${choice(named.written, named.known)}` }]
    }
    if (second !== undefined) {
      const choices = named.ids.map((one) => one.text).join(' or ')
      return [{ path: place, message: `there are several ${kind}s '${named.written}' in this file; write ${choices}` }]
    }
    return named.property !== 'userAssignedIdentity' && isSwitchedOff(world, id.key)
      ? [{ path: place, message: `'${named.written}' has systemAssignedIdentity: false, so it has nothing to give a role to` }]
      : []
  } catch (error) {
    return [{ path: place, message: reasonOf(error) }]
  }
}

function isSwitchedOff(world: World, key: string): boolean {
  return groupsOf(world).some(({ group, scope, path }) =>
    machinesOf(group, path).some(
      ({ machine }) => machine.systemAssignedIdentity === false && machineId(scope, machine).toLowerCase() === key,
    ),
  )
}

function inScope(scope: string, world: World, path: WorldPath): readonly Mistake[] {
  if (scope.startsWith('/')) return []
  const { resourceGroup } = assignmentScope(scope, world)
  if (resourceGroup === undefined) return []
  const known = world.subscriptions[0]?.resourceGroups.map(({ name }) => name) ?? []
  if (holds(known, resourceGroup)) return []
  const what = `the first subscription of this file has no resource group '${resourceGroup}'`
  return [{ path, message: `${what}; ${choice(resourceGroup, known)}` }]
}

function parsed(
  text: string,
  path: WorldPath,
  check: (id: ReturnType<typeof parseResourceId>) => readonly Mistake[],
): readonly Mistake[] {
  try {
    return check(parseResourceId(text))
  } catch (error) {
    return [{ path, message: reasonOf(error) }]
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof InvalidResourceIdError) return error.message
  throw error
}

function holds(names: readonly string[], written: string): boolean {
  return names.some((name) => name.toLowerCase() === written.toLowerCase())
}

function choice(written: string, known: readonly string[]): string {
  const close = closestName(written, known)
  if (close !== undefined) return `did you mean '${close}'?`
  return known.length === 0 ? 'it has none' : `it has ${known.slice(0, 10).join(', ')}`
}
