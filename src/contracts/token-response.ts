import * as z from 'zod/mini'

const seconds = z.union([z.number(), z.pipe(z.string().check(z.regex(/^\d+$/, 'a number of seconds')), z.transform(Number))])

/**
 * What a token source answers: strings from the metadata service, numbers from the v2 token endpoint.
 * One of `expires_on` (seconds since the epoch) and `expires_in` (seconds from now) is always there.
 */
export const tokenResponse = z.looseObject({
  access_token: z.string().check(z.minLength(1)),
  token_type: z._default(z.string(), 'Bearer'),
  expires_on: z.optional(seconds),
  expires_in: z.optional(seconds),
  resource: z.optional(z.string()),
  client_id: z.optional(z.string()),
})

export type TokenResponse = z.infer<typeof tokenResponse>

/** The error shape of the metadata service and of the token endpoint. */
export const tokenError = z.looseObject({ error: z.string(), error_description: z.optional(z.string()) })

/** The claims that a client reads from its own token; the signature is for the resource to check. */
export const tokenClaims = z.looseObject({ tid: z.string(), oid: z.optional(z.string()), appid: z.optional(z.string()) })

export type TokenClaims = z.infer<typeof tokenClaims>
