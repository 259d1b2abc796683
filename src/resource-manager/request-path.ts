import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import { InvalidResourceIdError, type ResourceId } from '../resource-ids/resource-id.ts'
import { ArmError } from './arm-error.ts'

const longestName = 260
// eslint-disable-next-line no-control-regex -- control characters are among those that no name may hold
const forbidden = /[<>*%&:\\?#/\u0000-\u001f\u007f]/
const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * The path of a request, decoded once and segment by segment, so that an escaped slash cannot become a separator and what
 * is authorised is what is acted on.
 * @throws ArmError for a segment that no name can be
 */
export function readPath(url: string): string {
  const segments = (url.split('?')[0] ?? '').split('/').filter(Boolean).map(decodeSegment)
  const subscriptionId = segments[0]?.toLowerCase() === 'subscriptions' ? segments[1] : undefined
  if (subscriptionId !== undefined && !guid.test(subscriptionId)) {
    throw new ArmError(
      400,
      'InvalidSubscriptionId',
      `The provided subscription identifier '${subscriptionId}' is malformed or invalid.`,
    )
  }
  return `/${segments.join('/')}`
}

function decodeSegment(raw: string): string {
  let segment: string
  try {
    segment = decodeURIComponent(raw)
  } catch {
    throw invalidName(raw, 'it is not properly escaped')
  }
  if (segment === '.' || segment === '..') throw invalidName(segment, 'a name cannot consist of full stops')
  const [character] = forbidden.exec(segment) ?? []
  if (character !== undefined) throw invalidName(segment, `a name cannot hold the character ${JSON.stringify(character)}`)
  if (segment.length > longestName) throw invalidName(segment, `a name has at most ${longestName} characters`)
  return segment
}

function invalidName(name: string, reason: string): ArmError {
  return new ArmError(400, 'InvalidResourceName', `The resource name '${name.slice(0, 100)}' is invalid: ${reason}.`)
}

/** The scope that a route found in a path. @throws ArmError 404 when it is no id */
export function readScope(scope: string, path: string): ResourceId {
  try {
    return parseResourceId(scope)
  } catch (error) {
    if (error instanceof InvalidResourceIdError) throw unknownPath(path)
    throw error
  }
}

/** The answer to a path that is none of the control plane's. */
export function unknownPath(path: string): ArmError {
  if (!/^\/(subscriptions|providers)\//i.test(path)) {
    return new ArmError(
      404,
      'MissingSubscription',
      'The request did not have a subscription or a valid tenant level resource provider.',
    )
  }
  return new ArmError(404, 'NotFound', `No HTTP resource was found that matches the request URI '${path.slice(0, 500)}'.`)
}

/** The answer to a method that a known path does not have. */
export function wrongMethod(method: string, allowed: readonly string[]): ArmError {
  return new ArmError(405, 'MethodNotAllowed', `The requested resource does not support http method '${method}'.`, {
    allow: allowed.join(', '),
  })
}
