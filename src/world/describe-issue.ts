import type { z } from 'zod'
import { closestName } from './closest-name.ts'
import { worldJsonSchema } from './world-schema.ts'
import type { Mistake, WorldPath } from './world-file-error.ts'

interface JsonSchema {
  readonly type?: string
  readonly description?: string
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly items?: JsonSchema
  readonly additionalProperties?: JsonSchema | boolean
  /** Shapes that are told apart by `kind`. */
  readonly oneOf?: readonly JsonSchema[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'properties',
  record: 'properties',
}

/**
 * What to tell of one thing that the schema of the world file refuses. Values are shown only where they cannot be secret.
 * @param value the whole file
 */
export function describeIssue(issue: z.core.$ZodIssue, value: unknown): readonly Mistake[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path, key, message: unknownProperty(value, path, key) }))
  if (issue.code === 'invalid_type') return [{ path, message: wrongType(value, issue.expected, path) }]
  if (issue.code === 'invalid_format' && issue.format === 'guid') {
    return [{ path, message: `expected a GUID (8-4-4-4-12 hexadecimal digits), and this is '${String(valueAt(value, path))}'` }]
  }
  if (issue.code === 'too_small' && issue.origin === 'string' && issue.minimum === 1) {
    return [{ path, message: `is empty; expected ${describe(value, path, 'text')}` }]
  }
  return [{ path, message: issue.message }]
}

function wrongType(value: unknown, expected: string, path: WorldPath): string {
  const actual = valueAt(value, path)
  const wanted = describe(value, path, kinds[expected] ?? expected)
  if (actual === undefined) return `is missing; expected ${wanted}`
  if (actual === null) return `is empty; expected ${wanted}`
  if (typeof actual === 'object') return `expected ${wanted}; this is ${Array.isArray(actual) ? 'a list' : 'properties'}`
  const quotes = expected === 'string' ? ': put it in quotes' : ''
  return `expected ${wanted}; this is ${kinds[typeof actual] ?? `a ${typeof actual}`}${quotes}`
}

function describe(value: unknown, path: WorldPath, kind: string): string {
  const description = schemaAt(value, path)?.description
  return description === undefined ? kind : `${kind} (${description.replace(/\.$/, '')})`
}

function unknownProperty(value: unknown, path: WorldPath, key: string): string {
  const known = Object.keys(schemaAt(value, path)?.properties ?? {})
  const close = closestName(key, known)
  return close === undefined
    ? `there is no property '${key}' here; expected one of ${known.filter((name) => !name.startsWith('$')).join(', ')}`
    : `there is no property '${key}' here; did you mean '${close}'?`
}

function schemaAt(value: unknown, path: WorldPath): JsonSchema | undefined {
  let schema: JsonSchema | undefined = worldJsonSchema()
  for (const [depth, step] of path.entries()) {
    const others: JsonSchema | undefined =
      typeof schema?.additionalProperties === 'object' ? schema.additionalProperties : undefined
    schema = typeof step === 'number' ? schema?.items : (schema?.properties?.[step] ?? others)
    if (schema?.oneOf) schema = ofKind(schema.oneOf, valueAt(value, path.slice(0, depth + 1)))
  }
  return schema
}

/** Of the shapes that are told apart by `kind`, the one that `value` is meant to have. */
function ofKind(shapes: readonly JsonSchema[], value: unknown): JsonSchema | undefined {
  const kind = (value as Readonly<Record<string, unknown>> | undefined)?.['kind']
  return shapes.find(({ properties }) => properties?.['kind']?.const === kind || properties?.['kind']?.enum?.includes(kind))
}

function valueAt(value: unknown, path: WorldPath): unknown {
  let found = value
  for (const step of path) found = (found as Readonly<Record<string, unknown>> | undefined)?.[step]
  return found
}
