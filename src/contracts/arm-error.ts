import * as z from 'zod/mini'

/** The error envelope of Resource Manager and of Graph. */
export const armError = z.looseObject({
  error: z.looseObject({
    code: z.string(),
    message: z.string(),
    details: z.nullish(z.array(z.looseObject({ code: z.nullish(z.string()), message: z.nullish(z.string()) }))),
  }),
})

/** The state of a long-running operation, as `Azure-AsyncOperation` answers it. */
export const asyncOperation = z.looseObject({
  status: z.string(),
  error: z.nullish(z.looseObject({ code: z.string(), message: z.string() })),
})
