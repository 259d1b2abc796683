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
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ path, key, message: unknownProperty(path, key) }))
  if (issue.code === 'invalid_type') return [{ path, message: wrongType(issue.expected, valueAt(value, path), path) }]
  if (issue.code === 'invalid_format' && issue.format === 'guid') {
    return [{ path, message: `expected a GUID (8-4-4-4-12 hexadecimal digits), and this is '${String(valueAt(value, path))}'` }]
  }
  if (issue.code === 'too_small' && issue.origin === 'string' && issue.minimum === 1) {
    return [{ path, message: `is empty; expected ${describe(path, 'text')}` }]
  }
  return [{ path, message: issue.message }]
}

function wrongType(expected: string, actual: unknown, path: WorldPath): string {
  const wanted = describe(path, kinds[expected] ?? expected)
  if (actual === undefined) return `is missing; expected ${wanted}`
  if (actual === null) return `is empty; expected ${wanted}`
  if (typeof actual === 'object') return `expected ${wanted}; this is ${Array.isArray(actual) ? 'a list' : 'properties'}`
  const quotes = expected === 'string' ? ': put it in quotes' : ''
  return `expected ${wanted}; this is ${kinds[typeof actual] ?? `a ${typeof actual}`}${quotes}`
}

function describe(path: WorldPath, kind: string): string {
  const description = schemaAt(path)?.description
  return description === undefined ? kind : `${kind} (${description.replace(/\.$/, '')})`
}

function unknownProperty(path: WorldPath, key: string): string {
  const known = Object.keys(schemaAt(path)?.properties ?? {})
  const close = closestName(key, known)
  return close === undefined
    ? `there is no property '${key}' here; expected one of ${known.filter((name) => !name.startsWith('$')).join(', ')}`
    : `there is no property '${key}' here; did you mean '${close}'?`
}

function schemaAt(path: WorldPath): JsonSchema | undefined {
  let schema: JsonSchema | undefined = worldJsonSchema()
  for (const step of path) {
    const others: JsonSchema | undefined =
      typeof schema?.additionalProperties === 'object' ? schema.additionalProperties : undefined
    schema = typeof step === 'number' ? schema?.items : (schema?.properties?.[step] ?? others)
  }
  return schema
}

function valueAt(value: unknown, path: WorldPath): unknown {
  let found = value
  for (const step of path) found = (found as Readonly<Record<string, unknown>> | undefined)?.[step]
  return found
}
