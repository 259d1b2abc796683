import { z } from 'zod'

/** One item of `GET /subscriptions`. */
export const subscription = z.looseObject({
  id: z.string(),
  subscriptionId: z.string(),
  displayName: z.string(),
  state: z.string(),
  tenantId: z.string().optional(),
  homeTenantId: z.string().optional(),
  managedByTenants: z.array(z.looseObject({ tenantId: z.string() })).optional(),
})

export type Subscription = z.infer<typeof subscription>
