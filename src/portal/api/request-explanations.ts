import { ApiError } from '../../api-client/errors.ts'
import { resolveRole } from '../../api-client/role-assignments.ts'
import { requestExplanation, type RequestExplanation } from '../../contracts/request-explanation.ts'
import { parseResourceId } from '../../resource-ids/parse-resource-id.ts'
import { grant } from './access.ts'
import type { Platform } from './platform.ts'
import { findPrincipals } from './principals.ts'
import { encodePath } from './resources.ts'

/** What was found out about a request, and the facts of it. */
export type RequestFacts = RequestExplanation['properties']

/** Why a request was refused; null for one that is not known, or that the user may not know of: the platform tells them not apart. */
export async function explainRequest({ arm }: Platform, requestId: string): Promise<RequestFacts | null> {
  const path = `/providers/Lanyard.Diagnostics/requests/${encodeURIComponent(requestId)}?api-version=2026-11-01`
  try {
    return requestExplanation.parse(await arm.call({ method: 'GET', path })).properties
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null
    throw error
  }
}

/** Gives a caller the role that would have allowed what it asked. @param objectId the caller's */
export async function giveSmallestGrant(
  platform: Platform,
  objectId: string,
  { roleName, scope }: NonNullable<RequestFacts['smallestGrant']>,
): Promise<void> {
  const subscription = parseResourceId(scope).subscriptionId ?? ''
  const [role, principals] = await Promise.all([
    resolveRole(platform.arm, subscription, encodePath(scope), roleName),
    findPrincipals(platform, [objectId]),
  ])
  await grant(platform, scope, role, { objectId, kind: principals.get(objectId)?.kind ?? 'Unknown' })
}
