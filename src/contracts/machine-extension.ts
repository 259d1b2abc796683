import * as z from 'zod/mini'

const status = z.looseObject({
  code: z.optional(z.string()),
  level: z.optional(z.string()),
  displayStatus: z.optional(z.string()),
  message: z.nullish(z.string()),
  time: z.optional(z.string()),
})

/** `Microsoft.Compute/virtualMachines/extensions`; the instance view is there when it was asked for by `$expand`. */
export const machineExtension = z.looseObject({
  id: z.string(),
  name: z.string(),
  location: z.optional(z.string()),
  properties: z.looseObject({
    publisher: z.string(),
    type: z.string(),
    typeHandlerVersion: z.optional(z.string()),
    provisioningState: z.optional(z.string()),
    instanceView: z.nullish(z.looseObject({ statuses: z.nullish(z.array(status)) })),
  }),
})

export const machineExtensions = z.array(machineExtension)

export type MachineExtension = z.infer<typeof machineExtension>
