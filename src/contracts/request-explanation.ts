import * as z from 'zod/mini'

const identity = z.object({
  /** `systemAssigned` or `userAssigned`. */
  kind: z.string(),
  objectId: z.string(),
  clientId: z.string(),
  /** ARM id of a user-assigned identity. */
  resourceId: z.optional(z.string()),
})

const consideredAssignment = z.object({
  id: z.string(),
  roleName: z.string(),
  scope: z.string(),
  /** `elsewhere`: at another scope; `lacksAction`: the role has not the action; `excepted`: the role's notActions take it away. */
  outcome: z.enum(['elsewhere', 'lacksAction', 'excepted', 'unknownRole']),
  reason: z.string(),
})

/** The narrowest built-in role that has the action, and the command that gives it. */
const smallestGrant = z.object({
  roleName: z.string(),
  scope: z.string(),
  /** For `az`. */
  command: z.string(),
  /** The same for the built-in client. */
  lanyard: z.string(),
})

/** `GET /providers/Lanyard.Diagnostics/requests/{requestId}`: why a request was refused, as the facts were at that moment. */
export const requestExplanation = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  properties: z.object({
    /** ISO 8601. */
    time: z.string(),
    endpoint: z.enum(['metadata', 'token-endpoint', 'resource-manager', 'graph']),
    method: z.string(),
    /** Without its query. */
    path: z.string(),
    status: z.number(),
    code: z.string(),
    message: z.string(),
    correlationId: z.optional(z.string()),
    caller: z.optional(
      z.object({ objectId: z.optional(z.string()), clientId: z.optional(z.string()), name: z.optional(z.string()) }),
    ),
    machine: z.optional(z.object({ id: z.string(), identities: z.array(identity) })),
    /** What the request asked a token of, for instance `client_id=…`. */
    selector: z.optional(z.string()),
    /** The audience of a token request. */
    resource: z.optional(z.string()),
    action: z.optional(z.string()),
    scope: z.optional(z.string()),
    assignments: z.optional(z.array(consideredAssignment)),
    smallestGrant: z.optional(smallestGrant),
    cause: z.string(),
    remedy: z.string(),
    /** Command lines that carry the remedy out; of several, one is enough. */
    commands: z.optional(z.array(z.string())),
  }),
})

export type RequestExplanation = z.infer<typeof requestExplanation>

/** `GET /providers/Lanyard.Diagnostics/changes/latest`: two counters that change with every write and with every log row. */
export const latestChanges = z.object({ properties: z.object({ revision: z.number(), logs: z.number() }) })
