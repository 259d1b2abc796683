import { z } from 'zod'

/** The error envelope of Resource Manager and of Graph. */
export const armError = z.looseObject({
  error: z.looseObject({
    code: z.string(),
    message: z.string(),
    details: z.array(z.looseObject({ code: z.string().nullish(), message: z.string().nullish() })).nullish(),
  }),
})

/** The state of a long-running operation, as `Azure-AsyncOperation` answers it. */
export const asyncOperation = z.looseObject({
  status: z.string(),
  error: z.looseObject({ code: z.string(), message: z.string() }).nullish(),
})
