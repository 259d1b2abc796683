import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import type { ResourceInput } from '../resources/operations.ts'
import { ArmError } from './arm-error.ts'
import { readBody, resourceBody } from './body.ts'
import { page, pageStart } from './page.ts'
import { queryValue } from './query.ts'
import { resourceView } from './resource-view.ts'
import type { Resource } from '../resources/resource.ts'
import type { AuthorizedCall, ListCall, Route, Target } from './route.ts'
import { isMachineExtension } from '../resources/compute/virtual-machine-extension.ts'
import { deploymentAnswer, extensionStatuses, machineWithExtensions, visibleExtensions } from './machine-extensions.ts'
import { checkSupported } from './unsupported.ts'
import { announcedEvents, instanceView, machineVerbs } from './virtual-machines.ts'

/** The type whose resources a path asks for: `…/providers/{namespace}/{type}`, or `{resource}/{type}`. */
const listedType = ({ scope, names: { namespace, type = '' } }: Target) => `${namespace ?? scope.type}/${type}`

async function list(call: ListCall): Promise<object> {
  const { services, request, visibility, scope } = call
  const type = listedType(call).toLowerCase()
  return page(request, {
    rows: await services.resources.listResources(visibility, scope, pageStart(request)),
    keyOf: (resource) => resource.id.toLowerCase(),
    matches: (resource) => parseResourceId(resource.id).type.toLowerCase() === type,
    view: async (resource) => {
      const view = await resourceView(resource, services.resources)
      const isExpanded = expandsInstanceView(call) && isMachineExtension(parseResourceId(resource.id))
      return isExpanded ? { ...view, properties: resource.properties } : view
    },
  })
}

async function get(call: AuthorizedCall): Promise<object> {
  const { services, authorized } = call
  const resource = await services.resources.getResource(authorized)
  const shown = await resourceView(resource, services.resources)
  const view = isMachine(call) ? await machineWithExtensions(call, shown) : shown
  if (!expandsInstanceView(call)) return view
  return { ...view, properties: { ...resource.properties, instanceView: await expandedInstanceView(call, resource) } }
}

const expandsInstanceView = ({ request }: Pick<ListCall, 'request'>) =>
  queryValue(request.query, '$expand')?.toLowerCase() === 'instanceview'

/** What a resource is doing: an extension kept that when it was deployed, a machine is asked. */
async function expandedInstanceView(call: AuthorizedCall, resource: Resource): Promise<unknown> {
  if (isMachineExtension(call.scope)) return resource.properties['instanceView']
  return instanceView(resource, extensionStatuses(isMachine(call) ? await visibleExtensions(call) : []))
}

const isMachine = ({ scope }: Target) => scope.type.toLowerCase() === 'microsoft.compute/virtualmachines'

async function put(call: AuthorizedCall): Promise<object> {
  const { services, caller, request, reply, authorized, scope } = call
  checkSupported(scope)
  const input = readBody(request, resourceBody) as ResourceInput
  const visibility = await services.accessControl.visibility(caller)
  const { resource, created } = await services.resources.putResource(authorized, input, visibility)
  reply.code(created ? 201 : 200)
  return isMachineExtension(scope)
    ? deploymentAnswer(call, resource, services.resources, created)
    : resourceView(resource, services.resources)
}

async function patch(call: AuthorizedCall): Promise<object> {
  const { services, caller, request, authorized, scope } = call
  checkSupported(scope)
  const input = readBody(request, resourceBody) as ResourceInput
  const visibility = await services.accessControl.visibility(caller)
  const resource = await services.resources.patchResource(authorized, input, visibility)
  return isMachineExtension(scope)
    ? deploymentAnswer(call, resource, services.resources, false)
    : resourceView(resource, services.resources)
}

async function carryOut({ services, reply, authorized, scope, names: { verb = '' } }: AuthorizedCall): Promise<unknown> {
  if (!machineVerbs.includes(verb.toLowerCase()) || scope.type.toLowerCase() !== 'microsoft.compute/virtualmachines') {
    throw new ArmError(400, 'UnsupportedOperation', `Lanyard does not carry out '${verb}' on resources of type '${scope.type}'.`)
  }
  await services.resources.getResource(authorized)
  const announced = announcedEvents[verb.toLowerCase()]
  if (announced) services.scheduledEvents.announce(scope.text, announced)
  return reply.code(verb.toLowerCase() === 'simulateeviction' ? 204 : 200).send()
}

const read = ({ scope }: Target) => `${scope.type}/read`
const write = ({ scope }: Target) => `${scope.type}/write`

/** The resources of any type. */
export const resourceRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: '<resource>|/instanceView',
    action: read,
    handle: async (call) => expandedInstanceView(call, await call.services.resources.getResource(call.authorized)),
  },
  { method: 'GET', pattern: '<resource>|', action: read, handle: get },
  {
    method: 'HEAD',
    pattern: '<resource>|',
    action: read,
    handle: async ({ services, reply, authorized }) => {
      await services.resources.getResource(authorized)
      return reply.code(204).send()
    },
  },
  { method: 'PUT', pattern: '<resource>|', action: write, handle: put },
  { method: 'PATCH', pattern: '<resource>|', action: write, handle: patch },
  {
    method: 'DELETE',
    pattern: '<resource>|',
    action: ({ scope }) => `${scope.type}/delete`,
    handle: async ({ services, reply, authorized }) =>
      reply.code((await services.resources.deleteResource(authorized)) ? 200 : 204).send(),
  },
  {
    method: 'POST',
    pattern: '<resource>|/:verb',
    action: ({ scope, names: { verb = '' } }) => `${scope.type}/${verb}/action`,
    handle: carryOut,
  },
  {
    method: 'GET',
    pattern: '*|/providers/:namespace/:type',
    listAction: (target) => `${listedType(target)}/read`,
    handle: list,
  },
  { method: 'GET', pattern: '<resource>|/:type', listAction: (target) => `${listedType(target)}/read`, handle: list },
]
