import { z } from 'zod'

/** The identity block that a resource carries. `userAssignedIdentities` is keyed by ARM id. */
export const identityBlock = z.looseObject({
  type: z.string(),
  principalId: z.string().optional(),
  tenantId: z.string().optional(),
  userAssignedIdentities: z
    .record(z.string(), z.looseObject({ principalId: z.string().optional(), clientId: z.string().optional() }))
    .nullish(),
})

export type IdentityBlock = z.infer<typeof identityBlock>

/** Any ARM resource or resource group; list items leave `properties` out. */
export const resource = z.looseObject({
  id: z.string(),
  name: z.string(),
  type: z.string().optional(),
  location: z.string().optional(),
  tags: z.record(z.string(), z.string()).nullish(),
  identity: identityBlock.nullish(),
  properties: z.looseObject({}).nullish(),
})

export type Resource = z.infer<typeof resource>

/** A page of a list; an absent, null or empty `nextLink` ends it. */
export const page = z.looseObject({ value: z.array(z.unknown()), nextLink: z.string().nullish() })

/** `GET /subscriptions/{id}/providers/{namespace}`. */
export const resourceProvider = z.looseObject({
  resourceTypes: z.array(z.looseObject({ resourceType: z.string(), apiVersions: z.array(z.string()) })),
})
