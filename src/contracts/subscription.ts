import * as z from 'zod/mini'

/** One item of `GET /subscriptions`. */
export const subscription = z.looseObject({
  id: z.string(),
  subscriptionId: z.string(),
  displayName: z.string(),
  state: z.string(),
  tenantId: z.optional(z.string()),
  homeTenantId: z.optional(z.string()),
  managedByTenants: z.optional(z.array(z.looseObject({ tenantId: z.string() }))),
})

/** The items of a list. */
export const subscriptions = z.array(subscription)

export type Subscription = z.infer<typeof subscription>
