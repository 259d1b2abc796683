import * as z from 'zod/mini'

/** What the control socket lends its owner: where the public API answers, whom to trust there, and a token for one audience. */
export const ownerAccess = z.object({
  /** `https://localhost:PORT`: the resource manager, Graph and the authority. */
  url: z.string(),
  /** PEM. */
  certificateAuthority: z.string(),
  tenantId: z.string(),
  accessToken: z.string(),
  /** Seconds since the epoch. */
  expiresOn: z.number(),
})

export type OwnerAccess = z.infer<typeof ownerAccess>
