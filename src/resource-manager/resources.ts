import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import type { ResourceId } from '../resource-ids/resource-id.ts'
import type { ResourceInput } from '../resources/operations.ts'
import { ArmError } from './arm-error.ts'
import { readBody, resourceBody } from './body.ts'
import { page } from './page.ts'
import { queryValue } from './query.ts'
import { resourceView } from './resource-view.ts'
import type { Call, Route } from './route.ts'
import { instanceView } from './virtual-machines.ts'

const authorize = ({ services, caller, scope }: Call, verb: string) =>
  services.accessControl.authorize(caller, `${scope.type}/${verb}`, scope)

/** A path below /providers/ that ends in a type is a list of that type; undefined for a path to one resource. */
export function listOf(path: string): { scope: string; type: string } | undefined {
  const at = path.toLowerCase().lastIndexOf('/providers/')
  const [namespace = '', ...rest] = path.slice(at + '/providers/'.length).split('/')
  if (at === -1 || rest.length % 2 === 0) return undefined
  const types = rest.filter((_, index) => index % 2 === 0)
  const parent = rest.length === 1 ? path.slice(0, at) || '/' : path.slice(0, path.lastIndexOf('/'))
  return { scope: parent, type: [namespace, ...types].join('/') }
}

const verbs = ['start', 'deallocate', 'restart', 'poweroff']

async function get(call: Call): Promise<unknown> {
  const { services, request } = call
  const resource = await services.resources.getResource(await authorize(call, 'read'))
  const view = await resourceView(resource, services.resources)
  const expand = (queryValue(request.query, '$expand') ?? '').toLowerCase()
  return expand === 'instanceview'
    ? { ...view, properties: { ...resource.properties, instanceView: instanceView(resource) } }
    : view
}

async function list({ services, caller, request }: Call, scope: ResourceId, type: string): Promise<unknown> {
  const visibility = await services.accessControl.visibility(caller)
  if (!visibility.reaches(scope)) await services.accessControl.authorize(caller, `${type}/read`, scope)
  const found = (await services.resources.listResources(visibility, scope)).filter(
    ({ id }) => parseResourceId(id).type.toLowerCase() === type.toLowerCase(),
  )
  return page(request, await Promise.all(found.map((resource) => resourceView(resource, services.resources))))
}

/** Where the last path segment is an operation or a view and no name, the resource is what stands before it. */
const beforeLast = (path: string) => path.slice(0, path.lastIndexOf('/'))
const isInstanceView = (path: string) => /\/virtualMachines\/[^/]+\/instanceView$/i.test(path)

export const resourceRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/*',
    withoutRole: 'refused',
    scopeOf: (path) => (isInstanceView(path) ? beforeLast(path) : (listOf(path)?.scope ?? path)),
    handle: async (call) => {
      const path = decodeURI(call.request.url.split('?')[0] ?? '/')
      if (isInstanceView(path)) return instanceView(await call.services.resources.getResource(await authorize(call, 'read')))
      const wanted = listOf(path)
      return wanted ? list(call, call.scope, wanted.type) : get(call)
    },
  },
  {
    method: 'HEAD',
    path: '/*',
    withoutRole: 'refused',
    handle: async (call) => {
      await call.services.resources.getResource(await authorize(call, 'read'))
      return call.reply.code(204).send()
    },
  },
  {
    method: 'PUT',
    path: '/*',
    withoutRole: 'refused',
    handle: async (call) => {
      const { services, caller } = call
      const authorized = await authorize(call, 'write')
      const input = readBody(call.request, resourceBody) as ResourceInput
      const { resource, created } = await services.resources.putResource(
        authorized,
        input,
        await services.accessControl.visibility(caller),
      )
      call.reply.code(created ? 201 : 200)
      return resourceView(resource, services.resources)
    },
  },
  {
    method: 'PATCH',
    path: '/*',
    withoutRole: 'refused',
    handle: async (call) => {
      const { services, caller } = call
      const authorized = await authorize(call, 'write')
      const input = readBody(call.request, resourceBody) as ResourceInput
      const resource = await services.resources.patchResource(authorized, input, await services.accessControl.visibility(caller))
      return resourceView(resource, services.resources)
    },
  },
  {
    method: 'DELETE',
    path: '/*',
    withoutRole: 'refused',
    handle: async (call) => {
      const existed = await call.services.resources.deleteResource(await authorize(call, 'delete'))
      return call.reply.code(existed ? 200 : 204).send()
    },
  },
  {
    method: 'POST',
    path: '/*',
    withoutRole: 'refused',
    scopeOf: beforeLast,
    handle: async (call) => {
      const verb = (call.request.url.split('?')[0] ?? '').split('/').at(-1)?.toLowerCase() ?? ''
      await authorize(call, `${verb}/action`)
      if (!verbs.includes(verb)) {
        throw new ArmError(
          400,
          'UnsupportedOperation',
          `Lanyard does not carry out '${verb}' on resources of type '${call.scope.type}'.`,
        )
      }
      await call.services.resources.getResource(await authorize(call, 'read'))
      return call.reply.code(200).send()
    },
  },
]
