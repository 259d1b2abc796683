import { z } from 'zod'
import type { ResourceGroup } from '../resources/resource.ts'
import { readBody } from './body.ts'
import { parseFilter } from './filter.ts'
import { originOf } from '../http/http-app.ts'
import { page } from './page.ts'
import { queryValue } from './query.ts'
import type { Call, Route } from './route.ts'
import { subscriptionPath } from './subscriptions.ts'

const action = 'Microsoft.Resources/subscriptions/resourceGroups'
const tags = z.record(z.string(), z.string()).nullish()
const groupBody = z.looseObject({ location: z.string().min(1), tags })
const groupPatch = z.looseObject({ tags })

const view = (group: ResourceGroup) => ({
  id: `/subscriptions/${group.subscriptionId}/resourceGroups/${group.name}`,
  name: group.name,
  type: 'Microsoft.Resources/resourceGroups',
  location: group.location,
  ...(group.tags && { tags: group.tags }),
  properties: { provisioningState: 'Succeeded' },
})

const authorize = ({ services, caller, scope }: Call, verb: string) =>
  services.accessControl.authorize(caller, `${action}/${verb}`, scope)
const path = '/subscriptions/:subscription/resourceGroups/:group'

export const resourceGroupRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/subscriptions/:subscription/resourceGroups',
    withoutRole: 'refused',
    scopeOf: subscriptionPath,
    handle: async ({ request, services, caller, scope }) => {
      const visibility = await services.accessControl.visibility(caller)
      if (!visibility.reaches(scope)) await services.accessControl.authorize(caller, `${action}/read`, scope)
      const matches = parseFilter(queryValue(request.query, '$filter'))
      const groups = await services.resources.listResourceGroups(visibility, scope)
      const found = groups.filter((group) =>
        matches({ fields: { name: group.name, location: group.location }, tags: group.tags ?? {} }),
      )
      return page(request, found.map(view))
    },
  },
  {
    method: 'GET',
    path,
    withoutRole: 'refused',
    handle: async (call) => view(await call.services.resources.getResourceGroup(await authorize(call, 'read'))),
  },
  {
    method: 'HEAD',
    path,
    withoutRole: 'refused',
    handle: async (call) => {
      await call.services.resources.getResourceGroup(await authorize(call, 'read'))
      return call.reply.code(204).send()
    },
  },
  {
    method: 'PUT',
    path,
    withoutRole: 'refused',
    handle: async (call) => {
      const authorized = await authorize(call, 'write')
      const body = readBody(call.request, groupBody)
      const { group, created } = await call.services.resources.putResourceGroup(authorized, {
        location: body.location,
        tags: body.tags ?? undefined,
      })
      call.reply.code(created ? 201 : 200)
      return view(group)
    },
  },
  {
    method: 'PATCH',
    path,
    withoutRole: 'refused',
    handle: async (call) => {
      const authorized = await authorize(call, 'write')
      const body = readBody(call.request, groupPatch)
      const { location, tags: kept } = await call.services.resources.getResourceGroup(authorized)
      const { group } = await call.services.resources.putResourceGroup(authorized, {
        location,
        tags: body.tags === undefined ? kept : (body.tags ?? undefined),
      })
      return view(group)
    },
  },
  {
    method: 'DELETE',
    path,
    withoutRole: 'refused',
    handle: async (call) => {
      const existed = await call.services.resources.deleteResourceGroup(await authorize(call, 'delete'))
      if (!existed) return call.reply.code(204).send()
      const results = `${subscriptionPath(call.scope.text)}/operationresults/${call.request.id}?api-version=${call.apiVersion}`
      // The group is gone by now: the first poll of the address says so.
      return call.reply
        .code(202)
        .header('location', `${originOf(call.request).baseUrl}${results}`)
        .header('retry-after', '0')
        .send()
    },
  },
  {
    method: 'GET',
    path: '/subscriptions/:subscription/operationresults/:operation',
    withoutRole: 'filtered',
    scopeOf: subscriptionPath,
    handle: async ({ reply }) => reply.code(200).send(),
  },
]
