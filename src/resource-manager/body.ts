import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { invalidContent } from './arm-error.ts'

/**
 * The request's body, checked.
 * @throws ArmError InvalidRequestContent, naming the place of the mistake
 */
export function readBody<T>(request: FastifyRequest, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(request.body ?? {})
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const place = issue?.path.map(String).join('.')
  throw invalidContent(`${place ? `${place}: ` : ''}${issue?.message ?? 'not valid'}`)
}

const jsonObject = z.record(z.string(), z.unknown())

/** The body of a resource: what Azure's clients send beyond it is ignored. */
export const resourceBody = z.looseObject({
  location: z.string().optional(),
  tags: z.record(z.string(), z.string()).nullish(),
  kind: z.string().optional(),
  managedBy: z.string().optional(),
  sku: jsonObject.optional(),
  plan: jsonObject.optional(),
  zones: z.array(z.string()).optional(),
  identity: z
    .looseObject({ type: z.string(), userAssignedIdentities: z.record(z.string(), z.looseObject({}).nullable()).nullish() })
    .nullish(),
  properties: jsonObject.optional(),
})
