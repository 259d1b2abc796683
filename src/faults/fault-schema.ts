import { z } from 'zod'
import { durationExpected, durationPattern } from './duration.ts'
import { requestsExpected, requestsPattern } from './request-selection.ts'

/** The endpoints that a fault can strike. */
export const faultyEndpoints = ['metadata', 'token-endpoint', 'resource-manager', 'graph'] as const

/** The statuses that an endpoint can be made to answer. */
export const faultStatuses = [404, 410, 429, 500, 503] as const

const endpoint = z
  .enum(faultyEndpoints, { error: `expected one of ${faultyEndpoints.join(', ')}` })
  .default('metadata')
  .describe('Which endpoint')
const machine = z
  .string()
  .min(1)
  .optional()
  .describe('Only requests of this machine, by name or resource id; of all when left out')

const where = {
  endpoint,
  machine,
  path: z.string().min(1).optional().describe('Only requests whose path begins so; casing does not matter'),
  resource: z
    .string()
    .min(1)
    .optional()
    .describe('Only token requests for this audience, as the query of the metadata endpoint names it'),
  requests: z
    .union([z.int(requestsExpected).min(1, requestsExpected), z.string().regex(requestsPattern, requestsExpected)], {
      error: requestsExpected,
    })
    .default('every')
    .describe('Which of the requests: every, first, 3, 2-4, next 5; counted from when the fault is there'),
}

const duration = z.union(
  [z.number(durationExpected).min(0, durationExpected), z.string().regex(durationPattern, durationExpected)],
  { error: durationExpected },
)

const answer = z
  .strictObject({
    kind: z.literal('answer'),
    status: z
      .literal(faultStatuses, { error: `expected one of ${faultStatuses.join(', ')}` })
      .describe('The status that is answered, in the error shape of the endpoint'),
    retryAfter: z
      .int('expected whole seconds')
      .min(0, 'expected whole seconds')
      .optional()
      .describe('Seconds in a Retry-After header; none when left out'),
    ...where,
  })
  .describe('An endpoint answers an error')

const throttle = z
  .strictObject({
    kind: z.literal('throttle'),
    perSecond: z
      .int('expected a whole number')
      .min(1, 'expected at least 1')
      .default(5)
      .describe('Requests that a machine may make in a second'),
    endpoint,
    machine,
  })
  .describe('An endpoint answers 429 to the machine that asks too often')

/** Faults that break one request and take no more than which. */
export const breakingKinds = ['hang', 'drop', 'malformed'] as const

const breaking = z
  .strictObject({ kind: z.enum(breakingKinds), ...where })
  .describe('A request is never answered, its connection is cut, or the answer is half a JSON text')

/** Faults that last: each has a duration and nothing more. */
export const lastingKinds = ['token-lifetime', 'late-expires-on', 'early-refusal', 'identity-delay', 'principal-delay'] as const

const lasting = z
  .strictObject({ kind: z.enum(lastingKinds), duration: duration.describe('For how long, or by how much: 90s, 10m, 24h') })
  .describe('Tokens, identities or principals are not yet, or no longer, what they seem')

const staleAccess = z
  .strictObject({
    kind: z.literal('stale-access'),
    duration: duration.default('24h').describe('For how long a token keeps what its holder was allowed: 24h when left out'),
  })
  .describe('What the holder of a token was allowed when the token was given out counts for a while')

const extensionFailure = z
  .strictObject({
    kind: z.literal('extension-failure'),
    machine,
    requests: where.requests,
    message: z
      .string()
      .min(1)
      .default('Enable failed: the service of the extension did not start.')
      .describe('What the machine reports'),
  })
  .describe('The deployment of an extension to a virtual machine fails')

/** Every kind of fault. */
export const faultKinds = ['answer', 'throttle', ...breakingKinds, ...lastingKinds, 'stale-access', 'extension-failure'] as const

/** A fault: something that goes wrong on purpose. */
export const faultSchema = z.discriminatedUnion('kind', [answer, throttle, breaking, lasting, staleAccess, extensionFailure], {
  error: (issue) => (issue.code === 'invalid_union' ? `expected one of ${faultKinds.join(', ')}` : undefined),
})

/** A fault as it is written, its defaults left out. */
export type FaultInput = z.input<typeof faultSchema>
/** A fault, its defaults filled in. */
export type Fault = z.output<typeof faultSchema>

/**
 * Reads a fault that did not come from a world file.
 * @throws TypeError with a sentence that names every mistake
 */
export function parseFault(value: unknown): Fault {
  const parsed = faultSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const mistakes = parsed.error.issues.map((issue) => {
    const place = issue.path.map(String).join('.')
    if (issue.code === 'unrecognized_keys') return `a fault of this kind has no ${issue.keys.join(', ')}`
    return place === '' ? issue.message : `${place}: ${issue.message}`
  })
  throw new TypeError(`This is no fault: ${mistakes.join('; ')}.`)
}
