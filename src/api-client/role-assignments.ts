import {
  directoryObjects,
  roleAssignment,
  roleAssignments,
  roleDefinitions,
  type DirectoryObject,
  type RoleAssignment,
} from '../contracts/role.ts'
import { apiVersions } from './api-versions.ts'
import { quoted } from './resource-ids.ts'
import type { AuthorizedClient } from './resource-manager.ts'

const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i
const provider = 'providers/Microsoft.Authorization'

/** What was asked for is not in the directory, or matches more than one thing. */
export class NoSuchNameError extends Error {
  override name = 'NoSuchNameError'
}

/**
 * ARM id of a role given by id, GUID or name.
 * @throws NoSuchNameError
 */
export async function resolveRole(arm: AuthorizedClient, subscription: string, scope: string, role: string): Promise<string> {
  if (role.startsWith('/')) return role
  if (guid.test(role)) return `/subscriptions/${subscription}/${provider}/roleDefinitions/${role}`
  const found = await listRoleDefinitions(arm, scope, `roleName eq ${quoted(role)}`)
  const [first] = found
  if (!first) throw new NoSuchNameError(`Role '${role}' doesn't exist.`)
  if (found.length > 1)
    throw new NoSuchNameError(
      `More than one role matches the given name '${role}'. Please pick an id from '${found.map((each) => each.id).join("', '")}'`,
    )
  return first.id
}

/** The role definitions that can be assigned at a scope. `filter` is OData. */
export async function listRoleDefinitions(arm: AuthorizedClient, scope: string, filter?: string) {
  const query = new URLSearchParams({
    ...(filter === undefined ? {} : { $filter: filter }),
    'api-version': apiVersions.roleDefinitions,
  })
  return roleDefinitions.parse(await arm.list(`${atRoot(scope)}/${provider}/roleDefinitions?${query}`))
}

/** The assignments that a scope sees. `filter` is OData: `atScope()`, `principalId eq '…'`. */
export async function listRoleAssignments(
  arm: AuthorizedClient,
  scope: string,
  filter: string | undefined,
): Promise<RoleAssignment[]> {
  const query = new URLSearchParams({
    ...(filter === undefined ? {} : { $filter: filter }),
    'api-version': apiVersions.roleAssignments,
  })
  return roleAssignments.parse(await arm.list(`${atRoot(scope)}/${provider}/roleAssignments?${query}`))
}

export interface NewRoleAssignment {
  readonly name: string
  readonly scope: string
  readonly roleDefinitionId: string
  readonly principalId: string
  readonly principalType: string | undefined
}

/** Grants a role at a scope. */
export async function createRoleAssignment(arm: AuthorizedClient, wanted: NewRoleAssignment): Promise<RoleAssignment> {
  const { roleDefinitionId, principalId, principalType } = wanted
  const path = `${atRoot(wanted.scope)}/${provider}/roleAssignments/${wanted.name}?api-version=${apiVersions.roleAssignments}`
  const body = { properties: { roleDefinitionId, principalId, ...(principalType === undefined ? {} : { principalType }) } }
  return roleAssignment.parse(await arm.call({ method: 'PUT', path, body }))
}

/** Takes a role assignment away, by ARM id. */
export async function deleteRoleAssignment(arm: AuthorizedClient, id: string): Promise<void> {
  await arm.call({ method: 'DELETE', path: `${id}?api-version=${apiVersions.roleAssignments}` })
}

/**
 * The object id of a principal given by client id, object id or another of its names.
 * @throws NoSuchNameError
 */
export async function resolveAssignee(graph: AuthorizedClient, assignee: string): Promise<string> {
  const query = new URLSearchParams({ $filter: `servicePrincipalNames/any(c:c eq ${quoted(assignee)})` })
  const [byName] = directoryObjects.parse(await graph.list(`/v1.0/servicePrincipals?${query}`))
  if (byName) return byName.id
  const [byId] = guid.test(assignee) ? await getDirectoryObjects(graph, [assignee]) : []
  if (byId) return byId.id
  throw new NoSuchNameError(
    `Cannot find user or service principal in graph database for '${assignee}'. If the assignee is an appId, make sure the corresponding service principal is created with 'az ad sp create --id ${assignee}'.`,
  )
}

/** Directory objects by object id; unknown ids are left out. */
export async function getDirectoryObjects(graph: AuthorizedClient, ids: readonly string[]): Promise<DirectoryObject[]> {
  if (ids.length === 0) return []
  const body = { ids, types: ['user', 'group', 'servicePrincipal', 'directoryObjectPartnerReference'] }
  const answer = (await graph.call({ method: 'POST', path: '/v1.0/directoryObjects/getByIds', body })) as { value?: unknown }
  return directoryObjects.parse(answer.value ?? [])
}

/** `/` (the tenant) as a prefix is empty. */
function atRoot(scope: string): string {
  return scope.replace(/\/+$/, '')
}
