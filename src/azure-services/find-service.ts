import { instanceAudiences } from './instance-audiences.ts'
import { resourceIds } from './resource-ids.ts'
import { serviceApplications } from './service-applications.ts'

const named = new Map<string, string>([
  ...serviceApplications.map(({ applicationId, service }) => [applicationId, service] as const),
  ...resourceIds.map(({ resourceId, service }) => [comparable(resourceId), service] as const),
])

const patterned = instanceAudiences.map(({ resourceId, service }) => ({ pattern: patternOf(resourceId), service }))

/**
 * The service of Azure that an audience names, in whichever cloud; undefined when it is none. Casing and one trailing slash do
 * not matter, as they do not to Entra; anything else does: `https://nothing.azure.com` is no service, and neither is a vault.
 * @param resource as a client wrote it
 */
export function findService(resource: string): string | undefined {
  const text = comparable(resource)
  return named.get(text) ?? patterned.find(({ pattern }) => pattern.test(text))?.service
}

function comparable(resource: string): string {
  return resource.toLowerCase().replace(/\/$/, '')
}

/** Each placeholder is one label of a host name. */
function patternOf(audience: string): RegExp {
  const escaped = audience.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`^${escaped.replaceAll(/\{[a-z]+\}/g, '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?')}$`)
}
