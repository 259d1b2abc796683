import { z } from 'zod'
import type { RoleAssignment } from '../access-control/role-assignment.ts'
import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import { ArmError, invalidContent } from './arm-error.ts'
import { readBody } from './body.ts'
import { inOrder, page } from './page.ts'
import { queryValue } from './query.ts'
import { roleDefinitionId } from './role-definitions.ts'
import type { AuthorizedCall, Call, Route } from './route.ts'

const type = 'Microsoft.Authorization/roleAssignments'
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const definitionId =
  /^(?:\/.+)?\/providers\/Microsoft\.Authorization\/roleDefinitions\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i

const body = z.looseObject({
  properties: z.looseObject({
    roleDefinitionId: z.string(),
    principalId: z.string(),
    principalType: z.string().nullish(),
    description: z.string().nullish(),
    condition: z.string().nullish(),
  }),
})

function view(assignment: RoleAssignment) {
  const scope = parseResourceId(assignment.scope)
  const createdOn = new Date(assignment.createdAt).toISOString()
  return {
    properties: {
      roleDefinitionId: roleDefinitionId(assignment.roleId, scope),
      principalId: assignment.principalId,
      principalType: assignment.principalType,
      scope: assignment.scope,
      condition: null,
      conditionVersion: null,
      createdOn,
      updatedOn: createdOn,
      createdBy: assignment.createdBy,
      updatedBy: assignment.createdBy,
      delegatedManagedIdentityResourceId: null,
      description: assignment.description ?? null,
    },
    id: `${scope.kind === 'tenant' ? '' : assignment.scope}/providers/${type}/${assignment.name}`,
    type,
    name: assignment.name,
  }
}

async function list(call: AuthorizedCall): Promise<object> {
  const { request, services, authorized } = call
  const matches = matcher(queryValue(request.query, '$filter') ?? '', call)
  // Oldest first; the time is padded so that it compares as text.
  const keyOf = ({ createdAt, scope, name }: RoleAssignment) =>
    `${String(createdAt).padStart(16, '0')}/${name}/${scope.toLowerCase()}`
  const rows = inOrder(await services.accessControl.listAssignments(authorized), keyOf)
  return page(request, { rows, keyOf, matches, view })
}

/** `atScope()` leaves out what lies below; `principalId eq` and `assignedTo` name one principal (wire.md F.4). */
function matcher(filter: string, { scope, services }: Call): (assignment: RoleAssignment) => boolean {
  const parts = filter
    .split(/ and /i)
    .map((part) => part.trim())
    .filter(Boolean)
  const predicates = parts.map((part): ((assignment: RoleAssignment) => boolean) => {
    if (/^atScope\(\)$/i.test(part))
      return (assignment) => services.accessControl.contains(parseResourceId(assignment.scope), scope)
    const [, named, assigned] =
      /^(?:principalId\s+eq\s+'?([0-9a-f-]{36})'?|assignedTo\(\s*'?([0-9a-f-]{36})'?\s*\))$/i.exec(part) ?? []
    const principalId = (named ?? assigned)?.toLowerCase()
    if (principalId !== undefined) return (assignment) => assignment.principalId === principalId
    throw new ArmError(
      400,
      'UnsupportedQuery',
      `The filter '${filter.slice(0, 500)}' is not supported. Supported filters are either atScope() or principalId eq '{value}' or assignedTo('{value}').`,
    )
  })
  return (assignment) => predicates.every((predicate) => predicate(assignment))
}

async function get({ services, authorized, names: { name = '' } }: AuthorizedCall): Promise<object> {
  const found = await services.accessControl.findAssignment(authorized, name)
  if (!found) throw new ArmError(404, 'RoleAssignmentNotFound', `The role assignment '${name}' is not found.`)
  return view(found)
}

async function put({ request, reply, services, authorized, names: { name = '' } }: AuthorizedCall): Promise<object> {
  if (!guid.test(name)) {
    throw new ArmError(
      400,
      'InvalidRoleAssignmentId',
      `The role assignment ID '${name}' is not valid. The role assignment ID must be a GUID.`,
    )
  }
  const { properties } = readBody(request, body)
  const { principalId, condition, description } = properties
  if (!guid.test(principalId)) throw invalidContent(`properties.principalId: '${principalId}' is not a GUID`)
  // Keeping the assignment without its condition would grant more than was asked for.
  if (condition) throw new ArmError(400, 'UnsupportedOperation', 'Lanyard does not evaluate conditions of role assignments.')
  await services.resources.requireScope(authorized)
  const { assignment, created } = await services.accessControl.assign(authorized, {
    name: name.toLowerCase(),
    roleId: readRoleId(properties.roleDefinitionId),
    principalId: principalId.toLowerCase(),
    principalType: readPrincipalType(properties.principalType),
    description: description ?? undefined,
  })
  reply.code(created ? 201 : 200)
  return view(assignment)
}

function readRoleId(id: string): string {
  const [, roleId] = definitionId.exec(id) ?? []
  if (roleId !== undefined) return roleId.toLowerCase()
  throw new ArmError(
    400,
    'InvalidRoleDefinitionId',
    `The role definition ID '${id.slice(0, 200)}' is not valid. It must end in /providers/Microsoft.Authorization/roleDefinitions/{GUID}.`,
  )
}

function readPrincipalType(text: string | null | undefined): RoleAssignment['principalType'] | undefined {
  const known = (['ServicePrincipal', 'User', 'Group'] as const).find((one) => one.toLowerCase() === text?.toLowerCase())
  if (text && !known)
    throw invalidContent(`properties.principalType: '${text}' is not one of 'User', 'Group', 'ServicePrincipal'`)
  return known
}

async function remove({ reply, services, authorized, names: { name = '' } }: AuthorizedCall): Promise<unknown> {
  const removed = await services.accessControl.unassign(authorized, name)
  return removed ? view(removed) : reply.code(204).send()
}

const pattern = `*|/providers/${type}/:name`

export const roleAssignmentRoutes: readonly Route[] = [
  { method: 'GET', pattern: `*|/providers/${type}`, action: `${type}/read`, handle: list },
  { method: 'GET', pattern, action: `${type}/read`, handle: get },
  { method: 'PUT', pattern, action: `${type}/write`, handle: put },
  { method: 'DELETE', pattern, action: `${type}/delete`, handle: remove },
]
