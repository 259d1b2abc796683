import * as z from 'zod/mini'

/** An item of the sign-in log: Microsoft Graph's signIn, and what Lanyard adds to it. */
export const signIn = z.looseObject({
  /** The request id of the first request that the item stands for. */
  id: z.string(),
  createdDateTime: z.string(),
  /** Client id. */
  appId: z.nullish(z.string()),
  servicePrincipalId: z.nullish(z.string()),
  servicePrincipalName: z.nullish(z.string()),
  userPrincipalName: z.nullish(z.string()),
  resourceDisplayName: z.nullish(z.string()),
  resourceId: z.nullish(z.string()),
  ipAddress: z.nullish(z.string()),
  signInEventTypes: z.array(z.string()),
  status: z.looseObject({ errorCode: z.number(), failureReason: z.nullish(z.string()) }),
  managedServiceIdentity: z.nullish(z.looseObject({ msiType: z.string(), associatedResourceId: z.nullish(z.string()) })),
  uniqueTokenIdentifier: z.nullish(z.string()),
  lanyard: z.object({
    /** How many requests the item stands for. */
    count: z.number(),
    lastDateTime: z.string(),
    /** ARM id of the machine that asked; null where none did. */
    machineId: z.nullish(z.string()),
    /** The claims of the token, never the token; null where none was issued. */
    claims: z.nullish(z.record(z.string(), z.unknown())),
  }),
})

export const signIns = z.array(signIn)

export type SignInItem = z.infer<typeof signIn>
