import * as z from 'zod/mini'

const localizable = z.looseObject({ value: z.string(), localizedValue: z.optional(z.string()) })

/** An item of the activity log: Azure's EventData, of which `$select` may leave out anything. */
export const activityEvent = z.looseObject({
  eventTimestamp: z.string(),
  caller: z.nullish(z.string()),
  operationName: localizable,
  status: localizable,
  subStatus: z.nullish(localizable),
  resourceId: z.nullish(z.string()),
  correlationId: z.nullish(z.string()),
  properties: z.nullish(z.record(z.string(), z.string())),
})

export const activityEvents = z.array(activityEvent)

export type ActivityEventItem = z.infer<typeof activityEvent>
