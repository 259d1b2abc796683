import * as z from 'zod/mini'

/** `POST {machineId}/providers/Lanyard.Diagnostics/tokenRequests`: at most one of the ids says which identity is meant. */
export const tokenRequestBody = z.strictObject({
  resource: z.string().check(z.minLength(1), z.maxLength(1024)),
  clientId: z.optional(z.string().check(z.minLength(1), z.maxLength(1024))),
  objectId: z.optional(z.string().check(z.minLength(1), z.maxLength(1024))),
  resourceId: z.optional(z.string().check(z.minLength(1), z.maxLength(1024))),
})

export type TokenRequestBody = z.infer<typeof tokenRequestBody>

/** What a token says, without what makes it one: no signature. */
export const decodedToken = z.object({
  header: z.record(z.string(), z.unknown()),
  claims: z.record(z.string(), z.unknown()),
})

/** What the machine's own token source answered. */
export const tokenRequestAnswer = z.object({
  properties: z.object({
    /** Which source was asked, as its host calls it: `vm`, `vm-extension`, `app-service`, … */
    host: z.string(),
    /** What was asked, without what is secret in it. */
    request: z.object({ method: z.string(), url: z.string() }),
    /** 0 when there was no answer: see `failure`. */
    status: z.number(),
    headers: z.record(z.string(), z.string()),
    /** The body; in place of `access_token` stands `{ header, claims }`. Text when it is no JSON. */
    body: z.unknown(),
    /** Why there was no answer; a sentence. */
    failure: z.optional(z.string()),
  }),
})

export type TokenRequestAnswer = z.infer<typeof tokenRequestAnswer>
