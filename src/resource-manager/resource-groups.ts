import { z } from 'zod'
import { originOf } from '../http/http-app.ts'
import type { ResourceGroup } from '../resources/resource.ts'
import { ArmError } from './arm-error.ts'
import { readBody } from './body.ts'
import { deletionJob, isDeletionJob } from './deletion-job.ts'
import { parseFilter } from './filter.ts'
import { inOrder, page } from './page.ts'
import { queryValue } from './query.ts'
import type { AuthorizedCall, ListCall, Route } from './route.ts'

const action = 'Microsoft.Resources/subscriptions/resourceGroups'
const tags = z.record(z.string(), z.string()).nullish()
const groupBody = z.looseObject({ location: z.string().nullish(), tags })
const groupPatch = z.looseObject({ tags })
const grammar = { fields: ['name', 'location'], tags: true }

const view = (group: ResourceGroup) => ({
  id: `/subscriptions/${group.subscriptionId}/resourceGroups/${group.name}`,
  name: group.name,
  type: 'Microsoft.Resources/resourceGroups',
  location: group.location,
  ...(group.tags && { tags: group.tags }),
  properties: { provisioningState: 'Succeeded' },
})

async function list({ request, services, visibility, scope }: ListCall): Promise<object> {
  const { matches } = parseFilter(queryValue(request.query, '$filter'), grammar)
  const keyOf = ({ name }: ResourceGroup) => name.toLowerCase()
  return page(request, {
    rows: inOrder(await services.resources.listResourceGroups(visibility, scope), keyOf),
    keyOf,
    matches: (group) => matches({ fields: { name: group.name, location: group.location }, tags: group.tags }),
    view,
  })
}

async function put({ request, reply, services, authorized }: AuthorizedCall): Promise<object> {
  const body = readBody(request, groupBody)
  const { group, created } = await services.resources.putResourceGroup(authorized, {
    location: body.location ?? '',
    tags: body.tags ?? undefined,
  })
  reply.code(created ? 201 : 200)
  return view(group)
}

async function patch({ request, services, authorized }: AuthorizedCall): Promise<object> {
  const body = readBody(request, groupPatch)
  return view(await services.resources.patchResourceGroup(authorized, body.tags))
}

/** The group is gone when this answers, and the first poll of the address says so. */
async function remove({ request, reply, services, authorized, scope, apiVersion }: AuthorizedCall): Promise<unknown> {
  const group = await services.resources.deleteResourceGroup(authorized)
  const address = `/subscriptions/${scope.subscriptionId ?? ''}/operationresults/${deletionJob(group)}?api-version=${apiVersion}`
  return reply
    .code(202)
    .header('location', originOf(request).baseUrl + address)
    .header('retry-after', '0')
    .send()
}

async function pollDeletion({ reply, names: { operation = '' } }: ListCall): Promise<unknown> {
  if (isDeletionJob(operation)) return reply.code(200).send()
  throw new ArmError(404, 'OperationNotFound', `The operation '${operation}' could not be found.`)
}

const pattern = '/subscriptions/:subscription/resourceGroups/:group|'

export const resourceGroupRoutes: readonly Route[] = [
  { method: 'GET', pattern: '/subscriptions/:subscription|/resourceGroups', listAction: `${action}/read`, handle: list },
  {
    method: 'GET',
    pattern,
    action: `${action}/read`,
    handle: async ({ services, authorized }) => view(await services.resources.getResourceGroup(authorized)),
  },
  {
    method: 'HEAD',
    pattern,
    action: `${action}/read`,
    handle: async ({ services, reply, authorized }) => {
      await services.resources.getResourceGroup(authorized)
      return reply.code(204).send()
    },
  },
  { method: 'PUT', pattern, action: `${action}/write`, handle: put },
  { method: 'PATCH', pattern, action: `${action}/write`, handle: patch },
  { method: 'DELETE', pattern, action: `${action}/delete`, handle: remove },
  // Whoever deleted the group may have held their role in it, so that none is left to ask with.
  { method: 'GET', pattern: '/subscriptions/:subscription|/operationresults/:operation', open: true, handle: pollDeletion },
]
