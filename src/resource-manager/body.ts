import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ArmError, invalidContent } from './arm-error.ts'

/** Deeper JSON than any resource of Azure; what works through a body recursively need not fear for its stack. */
const deepest = 64

/**
 * Takes every body as text. It is read as JSON only by an operation that wants one, after its caller was authorised, so
 * that nobody learns from the complaint about a body what they could not learn otherwise.
 */
export function acceptAnyBody(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
}

/**
 * The request's body, checked; no body is an empty object.
 * @throws ArmError UnsupportedMediaType, or InvalidRequestContent, naming the place of the mistake
 */
export function readBody<T>(request: FastifyRequest, schema: z.core.$ZodType<T>): T {
  const parsed = z.safeParse(schema, parseJson(request))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const place = issue?.path.map(String).join('.')
  throw invalidContent(`${place ? `${place}: ` : ''}${issue?.message ?? 'not valid'}`)
}

function parseJson({ body, headers }: FastifyRequest): unknown {
  const text = typeof body === 'string' ? body.replace(/^\uFEFF/, '') : ''
  if (text.trim() === '') return {}
  const mediaType = (headers['content-type'] ?? '<null>').split(';')[0]?.trim() ?? ''
  if (!/^(application|text)\/([\w.-]+\+)?json$/i.test(mediaType)) {
    throw new ArmError(
      415,
      'UnsupportedMediaType',
      `The content media type '${mediaType.slice(0, 100)}' is not supported. Only 'application/json' is supported.`,
    )
  }
  try {
    // A member of this name would become the prototype of an object that is built from the body.
    const value: unknown = JSON.parse(text, (name, member: unknown) => {
      if (name === '__proto__') throw new SyntaxError('a member cannot be named __proto__')
      return member
    })
    if (isDeeper(value, deepest)) throw new SyntaxError(`it is nested more than ${deepest} levels deep`)
    return value
  } catch (error) {
    throw invalidContent(error instanceof SyntaxError ? error.message : 'it is nested too deeply')
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1))
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
