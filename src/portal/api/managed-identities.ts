import * as z from 'zod/mini'
import { apiVersions } from '../../api-client/api-versions.ts'
import { identitiesPath, subscriptionPath } from '../../api-client/resource-ids.ts'
import { page, resource, resources, type Resource } from '../../contracts/resource.ts'
import { listHeldRoles, type NamedAssignment } from './access.ts'
import { machineKinds } from './machine-kinds.ts'
import type { Platform } from './platform.ts'
import { listPrincipals } from './principals.ts'
import { encodePath } from './resources.ts'
import { listResources, listSubscriptions } from './subscriptions.ts'

/** A managed identity of either kind. */
export interface ManagedIdentity {
  /** ARM id of the identity, or of the machine that a system-assigned one belongs to. */
  readonly resourceId: string
  readonly name: string
  readonly kind: 'user' | 'system'
  readonly clientId: string
  /** Object id of its service principal. */
  readonly principalId: string
  readonly location: string
}

const identity = z.looseObject({ clientId: z.string(), principalId: z.string() })
const machineTypes = machineKinds.map(({ type }) => type)

/** The identities of all subscriptions: the user-assigned ones, then those of machines. */
export async function listManagedIdentities(platform: Platform): Promise<ManagedIdentity[]> {
  const [subscriptions, machines, principals] = await Promise.all([
    listSubscriptions(platform),
    listResources(platform, machineTypes),
    listPrincipals(platform),
  ])
  const each = subscriptions.map(async ({ subscriptionId }) =>
    resources.parse(
      await platform.arm.list(`${identitiesPath(subscriptionId, undefined)}?api-version=${apiVersions.identities}`),
    ),
  )
  const clientIds = new Map(principals.map(({ objectId, detail = '' }) => [objectId, detail]))
  const common = ({ id, name, location = '' }: Resource) => ({ resourceId: id, name, location })
  const userAssigned = (await Promise.all(each)).flat().map((one): ManagedIdentity => {
    const { clientId, principalId } = identity.parse(one.properties)
    return { ...common(one), kind: 'user', clientId, principalId }
  })
  const systemAssigned = machines.flatMap((machine): ManagedIdentity[] => {
    const principalId = machine.identity?.principalId
    if (principalId === undefined) return []
    return [{ ...common(machine), kind: 'system', clientId: clientIds.get(principalId) ?? '', principalId }]
  })
  return [...userAssigned, ...systemAssigned]
}

/** A resource that a user-assigned identity is assigned to. */
const associatedResource = z.looseObject({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  resourceGroup: z.string(),
  subscriptionDisplayName: z.string(),
})
const associatedResources = z.array(associatedResource)

export type AssociatedResource = z.infer<typeof associatedResource>

/** The resources that use a user-assigned identity, of those that the user may see. @param id its ARM id */
export async function listAssociatedResources({ arm }: Platform, id: string): Promise<AssociatedResource[]> {
  const found: AssociatedResource[] = []
  let next: string | null | undefined = `${encodePath(id)}/listAssociatedResources?api-version=2022-01-31-preview`
  while (next) {
    const answer = page.parse(await arm.call({ method: 'POST', path: next }))
    found.push(...associatedResources.parse(answer.value))
    next = answer.nextLink
  }
  return found
}

/** The roles that a principal holds anywhere that the user sees, each once. */
export async function listRolesEverywhere(platform: Platform, principalId: string): Promise<NamedAssignment[]> {
  const scopes = (await listSubscriptions(platform)).map(({ subscriptionId }) => subscriptionPath(subscriptionId))
  const held = await Promise.all(scopes.map(async (scope) => listHeldRoles(platform, scope, principalId)))
  const byId = new Map(held.flat().map((assignment) => [assignment.id.toLowerCase(), assignment]))
  return [...byId.values()].toSorted((a, b) => a.scope.localeCompare(b.scope, 'en'))
}

/** What an identity is made of. */
export interface NewIdentity {
  readonly subscriptionId: string
  readonly group: string
  readonly name: string
  readonly location: string
}

/** Makes a user-assigned identity. */
export async function createIdentity(
  { arm }: Platform,
  { subscriptionId, group, name, location }: NewIdentity,
): Promise<Resource> {
  const path = `${identitiesPath(subscriptionId, group)}/${encodeURIComponent(name)}?api-version=${apiVersions.identities}`
  return resource.parse(await arm.call({ method: 'PUT', path, body: { location } }))
}

/** Deletes a user-assigned identity. @param id its ARM id */
export async function deleteIdentity({ arm }: Platform, id: string): Promise<void> {
  await arm.callAndWait({ method: 'DELETE', path: `${encodePath(id)}?api-version=${apiVersions.identities}` })
}

const locations = z.array(z.looseObject({ name: z.string(), displayName: z.string() }))

/** The regions of a subscription. */
export async function listLocations({ arm }: Platform, subscriptionId: string) {
  return locations.parse(await arm.list(`${subscriptionPath(subscriptionId)}/locations?api-version=${apiVersions.subscriptions}`))
}
