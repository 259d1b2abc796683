import * as z from 'zod/mini'

/** The identity block that a resource carries. `userAssignedIdentities` is keyed by ARM id. */
export const identityBlock = z.looseObject({
  type: z.string(),
  principalId: z.optional(z.string()),
  tenantId: z.optional(z.string()),
  userAssignedIdentities: z.nullish(
    z.record(z.string(), z.looseObject({ principalId: z.optional(z.string()), clientId: z.optional(z.string()) })),
  ),
})

export type IdentityBlock = z.infer<typeof identityBlock>

/** Any ARM resource or resource group; list items leave `properties` out. */
export const resource = z.looseObject({
  id: z.string(),
  name: z.string(),
  type: z.optional(z.string()),
  location: z.optional(z.string()),
  tags: z.nullish(z.record(z.string(), z.string())),
  identity: z.nullish(identityBlock),
  properties: z.nullish(z.looseObject({})),
})

/** The items of a list. */
export const resources = z.array(resource)

export type Resource = z.infer<typeof resource>

/** A page of a list; an absent, null or empty `nextLink` ends it. Graph has a name of its own for it. */
export const page = z.looseObject({
  value: z.array(z.unknown()),
  nextLink: z.nullish(z.string()),
  '@odata.nextLink': z.nullish(z.string()),
})

/** What is listed by name alone, for instance the versions of an extension. */
export const namedItems = z.array(z.looseObject({ name: z.string() }))

/** `GET /subscriptions/{id}/providers/{namespace}`. */
export const resourceProvider = z.looseObject({
  resourceTypes: z.array(z.looseObject({ resourceType: z.string(), apiVersions: z.array(z.string()) })),
})
