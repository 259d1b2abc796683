import { apiVersions } from '../../api-client/api-versions.ts'
import { resource, type Resource } from '../../contracts/resource.ts'
import { subscription } from '../../contracts/subscription.ts'
import { parseResourceId } from '../../resource-ids/parse-resource-id.ts'
import { apiVersionOf } from './machine-kinds.ts'
import type { Platform } from './platform.ts'

/** A resource, a group or a subscription, whole. @param id ARM id */
export async function getResource({ arm }: Platform, id: string): Promise<Resource> {
  const { kind, type, name } = parseResourceId(id)
  // The tenant is no resource of its own; what can be asked of it is its access and its log.
  if (kind === 'tenant') return { id, name: 'Tenant', type }
  if (kind === 'subscription') {
    const answer = await arm.call({ method: 'GET', path: `${encodePath(id)}?api-version=${apiVersions.subscriptions}` })
    const { displayName } = subscription.parse(answer)
    return resource.parse({ ...(answer as object), name: displayName || name, type })
  }
  const version = kind === 'resourceGroup' ? apiVersions.groups : apiVersionOf(type)
  return resource.parse(await arm.call({ method: 'GET', path: `${encodePath(id)}?api-version=${version}` }))
}

/** Changes a resource by a JSON merge patch, and waits for it. @param id ARM id */
export async function patchResource({ arm }: Platform, id: string, body: object): Promise<Resource> {
  const version = apiVersionOf(parseResourceId(id).type)
  return resource.parse(await arm.callAndWait({ method: 'PATCH', path: `${encodePath(id)}?api-version=${version}`, body }))
}

/** An ARM id as the path of a request. */
export function encodePath(id: string): string {
  return id.split('/').map(encodeURIComponent).join('/')
}
