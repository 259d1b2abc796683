import { z } from 'zod'

const seconds = z.union([z.number(), z.string().regex(/^\d+$/, 'a number of seconds').transform(Number)])

/**
 * What a token source answers: strings from the metadata service, numbers from the v2 token endpoint.
 * One of `expires_on` (seconds since the epoch) and `expires_in` (seconds from now) is always there.
 */
export const tokenResponse = z.looseObject({
  access_token: z.string().min(1),
  token_type: z.string().default('Bearer'),
  expires_on: seconds.optional(),
  expires_in: seconds.optional(),
  resource: z.string().optional(),
  client_id: z.string().optional(),
})

export type TokenResponse = z.infer<typeof tokenResponse>

/** The error shape of the metadata service and of the token endpoint. */
export const tokenError = z.looseObject({ error: z.string(), error_description: z.string().optional() })

/** The claims that a client reads from its own token; the signature is for the resource to check. */
export const tokenClaims = z.looseObject({ tid: z.string(), oid: z.string().optional(), appid: z.string().optional() })

export type TokenClaims = z.infer<typeof tokenClaims>
