import { createHash } from 'node:crypto'
import { deploymentFailure, isMachineExtension } from '../resources/compute/virtual-machine-extension.ts'
import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import type { Resources } from '../resources/operations.ts'
import type { JsonObject, Resource } from '../resources/resource.ts'
import { ArmError } from './arm-error.ts'
import { originOf } from '../http/http-app.ts'
import { noteLaterFailure } from './request-record.ts'
import { resourceView } from './resource-view.ts'
import type { AuthorizedCall, ListCall, Route } from './route.ts'
import type { ExtensionStatuses } from './virtual-machines.ts'

/** The extensions of a machine that the caller may see, in the order of their names. */
export async function visibleExtensions({ services, caller, scope }: AuthorizedCall): Promise<readonly Resource[]> {
  const visibility = await services.accessControl.visibility(caller)
  const below = await services.resources.listResources(visibility, scope)
  return [...below].filter(({ id }) => isMachineExtension(parseResourceId(id)))
}

/** What the instance view of a machine tells of its extensions. */
export function extensionStatuses(extensions: readonly Resource[]): ExtensionStatuses {
  const views = extensions.map(({ properties }) => properties['instanceView'] as JsonObject)
  const status = { code: 'ProvisioningState/succeeded', level: 'Info', displayStatus: 'Ready' }
  return {
    extensions: views,
    handlers: views.map((view) => ({ type: view['type'], typeHandlerVersion: view['typeHandlerVersion'], status })),
  }
}

/** A machine as its provider shows it: with its extensions, where it has some. */
export async function machineWithExtensions(call: AuthorizedCall, view: object): Promise<object> {
  const extensions = await visibleExtensions(call)
  if (extensions.length === 0) return view
  return {
    ...view,
    resources: await Promise.all(extensions.map((extension) => resourceView(extension, call.services.resources))),
  }
}

/**
 * Answers the write of an extension. One that failed on the machine is answered as one that is being deployed still, with the
 * address where its end is to be read: so Azure does, and so its clients find the error.
 */
export async function deploymentAnswer(
  { request, reply, apiVersion }: AuthorizedCall,
  extension: Resource,
  resources: Resources,
  created: boolean,
): Promise<object> {
  const view = await resourceView(extension, resources)
  const failure = deploymentFailure(extension)
  if (!failure) return view
  noteLaterFailure(request, failure, {
    cause: 'The deployment of the extension failed on the machine.',
    remedy: 'Deploy it again: az vm extension set. A fault that makes it fail is listed by lanyard fault list.',
  })
  const { subscriptionId = '' } = parseResourceId(extension.id)
  const path = `/subscriptions/${subscriptionId}/providers/Microsoft.Compute/locations/${extension.location ?? ''}/operations/${operationName(extension.id)}`
  reply.header('azure-asyncoperation', `${originOf(request).baseUrl}${path}?api-version=${apiVersion}`).header('retry-after', '0')
  const properties = view['properties'] as JsonObject
  return { ...view, properties: { ...properties, provisioningState: created ? 'Creating' : 'Updating' } }
}

/** Made of the extension's id, so that it is found again after a restart; of the length that such names have in Azure. */
function operationName(id: string): string {
  const hex = createHash('sha256').update(id.toLowerCase()).digest('hex')
  return [8, 12, 16, 20, 32].map((end, index, ends) => hex.slice(ends[index - 1] ?? 0, end)).join('-')
}

/** The end of the last deployment of an extension: only that of the last one is kept. */
async function poll({ services, visibility, scope, names: { operation = '' } }: ListCall): Promise<object> {
  const below = await services.resources.listResources(visibility, scope)
  const extension = [...below].find(
    ({ id }) => isMachineExtension(parseResourceId(id)) && operationName(id) === operation.toLowerCase(),
  )
  if (!extension) throw new ArmError(404, 'NotFound', `The entity operation ${operation.slice(0, 100)} was not found.`)
  const time = new Date(extension.changedAt).toISOString()
  const error = deploymentFailure(extension)
  return { startTime: time, endTime: time, status: error ? 'Failed' : 'Succeeded', ...(error && { error }), name: operation }
}

/** Where the end of a deployment is read. */
export const machineExtensionRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: '/subscriptions/:subscription|/providers/Microsoft.Compute/locations/:location/operations/:operation',
    listAction: 'Microsoft.Compute/locations/operations/read',
    handle: poll,
  },
]
