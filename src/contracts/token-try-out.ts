import * as z from 'zod/mini'

/** The body of a machine's answer to a token request; where it holds a token, what that says in its place. */
const answerBody = z.looseObject({
  access_token: z.optional(
    z.looseObject({ header: z.record(z.string(), z.unknown()), claims: z.record(z.string(), z.unknown()) }),
  ),
})

/** `POST {machine}/providers/Lanyard.Diagnostics/tokenRequests`: what the machine's own source of tokens answers. */
export const tokenTryOut = z.looseObject({
  properties: z.looseObject({
    status: z.number(),
    headers: z.optional(z.record(z.string(), z.unknown())),
    body: z.union([answerBody, z.string()]),
  }),
})

export type TokenTryOut = z.infer<typeof tokenTryOut>
