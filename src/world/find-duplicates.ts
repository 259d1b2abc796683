import { hostResourceTypes, resourceTypeOfHost } from '../resources/host-kind.ts'
import { groupsOf, machinesOf } from './principal-resource.ts'
import type { Mistake, WorldPath } from './world-file-error.ts'
import type { World } from './world-schema.ts'

interface Named {
  readonly path: WorldPath
  readonly name: string
}

/** What stands twice and may stand once. Names and ids are compared as Azure compares them: casing does not matter. */
export function findDuplicates(world: World): readonly Mistake[] {
  const ids = world.subscriptions.map(({ id }, s) => ({ path: ['subscriptions', s, 'id'], name: id }))
  const applications = world.applications.map(({ name }, a) => ({ path: ['applications', a, 'name'], name }))
  const clientIds = world.applications.flatMap(({ clientId }, a) =>
    clientId === undefined ? [] : [{ path: ['applications', a, 'clientId'], name: clientId }],
  )
  const uris = world.applications.flatMap(({ identifierUris }, a) =>
    identifierUris.map((name, u) => ({ path: ['applications', a, 'identifierUris', u], name })),
  )
  const users = (world.users ?? []).map(({ userPrincipalName: name }, u) => ({ path: ['users', u, 'userPrincipalName'], name }))
  return [
    ...repeated('subscription id', ids),
    ...world.subscriptions.flatMap(({ resourceGroups }, s) =>
      repeated('resource group', named(resourceGroups, ['subscriptions', s, 'resourceGroups'])),
    ),
    ...groupsOf(world).flatMap(({ group, path }) => [
      ...repeated('user-assigned identity', named(group.userAssignedIdentities, [...path, 'userAssignedIdentities'])),
      ...hostResourceTypes.flatMap((type) =>
        repeated(
          type === resourceTypeOfHost('vm') ? 'virtual machine' : type,
          machinesOf(group, path)
            .filter(({ machine }) => resourceTypeOfHost(machine.host) === type)
            .map(({ machine, path: place }) => ({ path: [...place, 'name'], name: machine.name })),
        ),
      ),
      ...repeated(
        'resource',
        group.resources.map(({ type, name }, r) => ({ path: [...path, 'resources', r, 'name'], name: `${type} ${name}` })),
      ),
    ]),
    ...repeated('application', applications),
    ...repeated('client id', clientIds),
    ...repeated('identifier URI', uris),
    ...repeated('user principal name', users),
  ]
}

function named(things: readonly { readonly name: string }[], path: WorldPath): readonly Named[] {
  return things.map(({ name }, index) => ({ path: [...path, index, 'name'], name }))
}

function repeated(kind: string, things: readonly Named[]): readonly Mistake[] {
  const first = new Map<string, Named>()
  return things.flatMap((thing) => {
    const earlier = first.get(thing.name.toLowerCase())
    if (earlier) return [{ path: thing.path, message: `the ${kind} '${thing.name}' stands at ${earlier.path.join('.')} already` }]
    first.set(thing.name.toLowerCase(), thing)
    return []
  })
}
