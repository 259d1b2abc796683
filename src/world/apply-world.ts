import { RoleAssignmentError } from '../access-control/errors.ts'
import { ApplicationConflictError } from '../directory/errors.ts'
import { ResourceError } from '../resources/errors.ts'
import { normaliseLocation } from '../resources/location.ts'
import { applyApplication } from './apply-application.ts'
import { applyFederatedCredential, applyMachine, applyOtherResource, applyUserAssignedIdentity } from './apply-resource.ts'
import { applyRoleAssignment, findRole, machinesWithRoles } from './apply-role-assignment.ts'
import { groupsOf, machinesOf } from './principal-resource.ts'
import { placeInWorld, type PlaceOf, WorldFileError, type WorldPath } from './world-file-error.ts'
import { defaultLocation, type World, type WorldGroup, type WorldSubscription } from './world-schema.ts'
import { authorize, type WorldTarget } from './world-target.ts'

/**
 * Makes everything that `world` says so, and leaves alone what it does not say: what exists beyond it, and the properties that
 * it leaves out. What is so already is not written again, so applying twice is applying once.
 *
 * Give it a target over one transaction: then a world that cannot be applied changes nothing.
 * @param placeOf says where in its file something of the world stands
 * @throws WorldFileError when the world asks for what cannot be: a role or a scope that is not there, a move to another location
 */
export async function applyWorld(world: World, target: WorldTarget, placeOf: PlaceOf = placeInWorld): Promise<void> {
  const at = <T>(path: WorldPath, work: () => Promise<T>) => locate(path, placeOf, work)
  for (const [a, assignment] of world.roleAssignments.entries()) {
    await at(['roleAssignments', a, 'role'], async () => findRole(assignment.role, target))
  }
  for (const [s, subscription] of world.subscriptions.entries()) {
    await at(['subscriptions', s], () => applySubscription(subscription, target))
  }
  const groups = groupsOf(world)
  const needed = machinesWithRoles(world)
  for (const { group, scope, path } of groups) await at(path, () => applyGroup(group, scope, target))
  // Every identity before any machine: a machine may have one of another group.
  for (const { group, scope, path } of groups) {
    for (const [i, identity] of group.userAssignedIdentities.entries()) {
      await at([...path, 'userAssignedIdentities', i], () => applyUserAssignedIdentity(identity, scope, target))
    }
  }
  for (const { group, scope, path } of groups) {
    for (const { machine, path: place } of machinesOf(group, path)) {
      await at(place, () => applyMachine(machine, scope, needed, target))
    }
    for (const [r, resource] of group.resources.entries()) {
      await at([...path, 'resources', r], () => applyOtherResource(resource, scope, target))
    }
  }
  // After the clusters, whose issuers they may name.
  for (const { group, scope, path } of groups) {
    for (const [i, identity] of group.userAssignedIdentities.entries()) {
      for (const [f, credential] of (identity.federatedCredentials ?? []).entries()) {
        const place = [...path, 'userAssignedIdentities', i, 'federatedCredentials', f]
        await at(place, () => applyFederatedCredential(identity.name, credential, scope, target))
      }
    }
  }
  const applications = new Map<string, string>()
  for (const [a, application] of world.applications.entries()) {
    applications.set(application.name, await at(['applications', a], () => applyApplication(application, target)))
  }
  const users = new Map<string, string>()
  for (const [u, user] of (world.users ?? []).entries()) {
    const { userPrincipalName, name: displayName, password } = user
    const { objectId } = await at(['users', u], () => target.users.registerUser({ userPrincipalName, displayName, password }))
    users.set(userPrincipalName.toLowerCase(), objectId)
  }
  for (const [a, assignment] of world.roleAssignments.entries()) {
    await at(['roleAssignments', a], () => applyRoleAssignment(assignment, world, { applications, users }, target))
  }
}

/** What the domain refuses is a mistake at that place of the file; everything else is a defect and passes. */
async function locate<T>(path: WorldPath, placeOf: PlaceOf, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const isRefusal = [ResourceError, RoleAssignmentError, ApplicationConflictError, WorldFileError].some(
      (kind) => error instanceof kind,
    )
    if (!isRefusal) throw error
    throw WorldFileError.of([{ path, message: (error as Error).message }], placeOf)
  }
}

async function applySubscription({ id, name }: WorldSubscription, target: WorldTarget): Promise<void> {
  const existing = await target.stores.resources.findSubscription(id)
  if (existing?.displayName === name) return
  const authorized = await authorize(target, 'Microsoft.Resources/subscriptions/write', `/subscriptions/${id}`)
  await target.resources.putSubscription(authorized, name)
}

async function applyGroup(group: WorldGroup, scope: string, target: WorldTarget): Promise<void> {
  const existing = await target.stores.resources.findResourceGroup(scope.split('/')[2] ?? '', group.name)
  const tags = group.tags ? { ...existing?.tags, ...group.tags } : existing?.tags
  const isSo = existing !== undefined && (!group.location || isSameLocation(group.location, existing.location))
  if (isSo && holdsAll(existing.tags, group.tags)) return
  const authorized = await authorize(target, 'Microsoft.Resources/subscriptions/resourceGroups/write', scope)
  await target.resources.putResourceGroup(authorized, {
    location: group.location ?? existing?.location ?? defaultLocation,
    tags,
  })
}

function isSameLocation(one: string, other: string): boolean {
  return normaliseLocation(one) === normaliseLocation(other)
}

function holdsAll(present: Readonly<Record<string, string>> = {}, wanted: Readonly<Record<string, string>> = {}): boolean {
  return Object.entries(wanted).every(([name, value]) => present[name] === value)
}
