import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import { InvalidResourceIdError, type ResourceId } from '../resource-ids/resource-id.ts'
import { InvalidResourceInputError } from './errors.ts'
import type { IdentityInput } from './operations.ts'
import type { ResourceIdentity } from './resource.ts'

/** What an identity block asks for, once it is understood; whether it is allowed is not decided yet. */
export interface IdentityPlan {
  readonly system: boolean
  /** Ids of all user-assigned identities that the resource is to have, as written when they were first attached. */
  readonly userAssigned: readonly string[]
  /** Those among them that it does not have yet. */
  readonly attached: readonly ResourceId[]
}

/**
 * Understands the identity block of a request (wire.md F.5).
 * No block changes nothing, whatever the method: clients that want an identity gone say `None`, since a PUT without the
 * block leaves it on.
 * @param mode `replace` (PUT): exactly the ids that the block names. `merge` (PATCH): ids are added, `null` takes one off, and
 * `UserAssigned` without ids keeps those that there are.
 * @throws InvalidResourceInputError
 */
export function planIdentity(
  host: ResourceId,
  current: ResourceIdentity | undefined,
  input: IdentityInput | null | undefined,
  mode: 'replace' | 'merge',
): IdentityPlan {
  const existing = new Map((current?.userAssigned ?? []).map((id) => [id.toLowerCase(), id]))
  if (input === undefined) {
    return { system: current?.systemAssigned !== undefined, userAssigned: [...existing.values()], attached: [] }
  }
  const { system, user } = parseIdentityType(input?.type ?? 'None')
  const entries = Object.entries(input?.userAssignedIdentities ?? {})
  const named = entries.filter(([, value]) => value !== null).map(([text]) => parseIdentityId(text))
  const detached = entries.filter(([, value]) => value === null).map(([text]) => parseIdentityId(text).key)
  if (!user && named.length > 0) {
    throw identityFailure(
      host,
      'The request format was unexpected: a non-UserAssigned identity type should not contain: userAssignedIdentities',
    )
  }
  const wanted = new Map(mode === 'merge' && user ? existing : [])
  for (const id of named) wanted.set(id.key, existing.get(id.key) ?? id.text)
  for (const key of detached) wanted.delete(key)
  // Taking the last one off leaves no user-assigned identity; asking for some without naming any is a mistake.
  if (user && wanted.size === 0 && detached.length === 0) {
    throw identityFailure(
      host,
      'The request format was unexpected: a UserAssigned identity type should name at least one identity in userAssignedIdentities',
    )
  }
  const attached = named.filter((id) => wanted.has(id.key) && !existing.has(id.key))
  return { system, userAssigned: [...wanted.values()], attached }
}

/** The error of an identity operation, in the envelope that Resource Manager puts around the identity provider's answer. */
export function identityFailure(host: ResourceId, message: string): InvalidResourceInputError {
  const response = JSON.stringify({ error: { code: 'BadRequest', message } })
  return new InvalidResourceInputError(
    'FailedIdentityOperation',
    `Identity operation for resource '${host.text}' failed with error 'Failed to perform resource identity operation. Status: 'BadRequest'. Response: '${response}'.'`,
  )
}

function parseIdentityType(type: string): { system: boolean; user: boolean } {
  const parts = new Set(type.split(',').map((part) => part.trim().toLowerCase()))
  const isKnown = [...parts].every((part) => part === 'systemassigned' || part === 'userassigned')
  if (!isKnown && !(parts.size === 1 && parts.has('none'))) {
    throw new InvalidResourceInputError(
      'InvalidRequestContent',
      `The request content was invalid: the identity type '${type}' is not one of 'None', 'SystemAssigned', 'UserAssigned', 'SystemAssigned, UserAssigned'.`,
    )
  }
  return { system: parts.has('systemassigned'), user: parts.has('userassigned') }
}

function parseIdentityId(text: string): ResourceId {
  try {
    return parseResourceId(text)
  } catch (error) {
    if (!(error instanceof InvalidResourceIdError)) throw error
    throw new InvalidResourceInputError(
      'LinkedInvalidPropertyId',
      `Property id '${text}' at path 'identity.userAssignedIdentities' is invalid. Expect fully qualified resource Id that start with '/subscriptions/{subscriptionId}' or '/providers/{resourceProviderNamespace}/'.`,
    )
  }
}
