import { z } from 'zod'
import type { RoleAssignment } from '../access-control/role-assignment.ts'
import { containsScope } from '../resource-ids/containment.ts'
import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import type { ResourceId } from '../resource-ids/resource-id.ts'
import { ArmError, invalidContent } from './arm-error.ts'
import { readBody } from './body.ts'
import { page } from './page.ts'
import { queryValue } from './query.ts'
import { roleDefinitionId } from './role-definitions.ts'
import type { Call, Route } from './route.ts'

const suffix = /\/providers\/Microsoft\.Authorization\/roleAssignments.*$/i
const before = (path: string) => path.replace(suffix, '') || '/'
const type = 'Microsoft.Authorization/roleAssignments'
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const body = z.looseObject({
  properties: z.looseObject({
    roleDefinitionId: z.string(),
    principalId: z.string(),
    principalType: z.string().nullish(),
    description: z.string().nullish(),
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

const authorize = ({ services, caller, scope }: Call, verb: string) =>
  services.accessControl.authorize(caller, `${type}/${verb}`, scope)
const nameOf = ({ request }: Call) => (request.url.split('?')[0] ?? '').split('/').at(-1) ?? ''

async function list(call: Call): Promise<object> {
  const assignments = await call.services.accessControl.listAssignments(await authorize(call, 'read'))
  const filter = queryValue(call.request.query, '$filter') ?? ''
  return page(call.request, assignments.filter(matcher(filter, call.scope)).map(view))
}

/** `atScope()` leaves out what lies below; `principalId eq` and `assignedTo` name one principal (wire.md F.4). */
function matcher(filter: string, scope: ResourceId): (assignment: RoleAssignment) => boolean {
  const parts = filter
    .split(/ and /i)
    .map((part) => part.trim())
    .filter(Boolean)
  const predicates = parts.map((part): ((assignment: RoleAssignment) => boolean) => {
    if (/^atScope\(\)$/i.test(part)) return (assignment) => containsScope(parseResourceId(assignment.scope), scope)
    const [, principalId] = /^(?:principalId eq|assignedTo\()\s*'?([0-9a-f-]{36})'?\)?$/i.exec(part) ?? []
    if (principalId !== undefined) return (assignment) => assignment.principalId === principalId.toLowerCase()
    throw new ArmError(
      400,
      'UnsupportedQuery',
      `The filter '${filter}' is not supported. Supported filters are either atScope() or principalId eq '{value}' or assignedTo('{value}').`,
    )
  })
  return (assignment) => predicates.every((predicate) => predicate(assignment))
}

async function get(call: Call): Promise<object> {
  const found = await call.services.accessControl.findAssignment(await authorize(call, 'read'), nameOf(call))
  if (!found) throw new ArmError(404, 'RoleAssignmentNotFound', `The role assignment '${nameOf(call)}' is not found.`)
  return view(found)
}

async function put(call: Call): Promise<object> {
  const authorized = await authorize(call, 'write')
  const name = nameOf(call)
  if (!guid.test(name))
    throw new ArmError(
      400,
      'InvalidRoleAssignmentId',
      `The role assignment ID '${name}' is not valid. The role assignment ID must be a GUID.`,
    )
  const { properties } = readBody(call.request, body)
  if (!guid.test(properties.principalId))
    throw invalidContent(`properties.principalId: '${properties.principalId}' is not a GUID`)
  const { assignment, created } = await call.services.accessControl.assign(authorized, {
    name: name.toLowerCase(),
    roleId: properties.roleDefinitionId.split('/').at(-1)?.toLowerCase() ?? '',
    principalId: properties.principalId.toLowerCase(),
    principalType:
      properties.principalType === 'User' || properties.principalType === 'Group' ? properties.principalType : 'ServicePrincipal',
    description: properties.description ?? undefined,
  })
  call.reply.code(created ? 201 : 200)
  return view(assignment)
}

async function remove(call: Call): Promise<unknown> {
  const removed = await call.services.accessControl.unassign(await authorize(call, 'delete'), nameOf(call))
  return removed ? view(removed) : call.reply.code(204).send()
}

const path = '/providers/Microsoft.Authorization/roleAssignments'

export const roleAssignmentRoutes: readonly Route[] = [
  { method: 'GET', path, withoutRole: 'refused', scopeOf: before, handle: list },
  { method: 'GET', path: `${path}/:name`, withoutRole: 'refused', scopeOf: before, handle: get },
  { method: 'PUT', path: `${path}/:name`, withoutRole: 'refused', scopeOf: before, handle: put },
  { method: 'DELETE', path: `${path}/:name`, withoutRole: 'refused', scopeOf: before, handle: remove },
]
