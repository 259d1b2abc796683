import type { MachineFacts } from '../machines/machine.ts'

/** A JSON object as a client sent it, of which nothing is certain. */
export type Properties = MachineFacts['resource']['properties']

/** A primitive as text; empty for anything else. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

/** The primitive `name` of `properties` as text; empty when it is absent. */
export function textAt(properties: Properties, name: string): string {
  return textOf(properties[name])
}

/** The boolean `name` as text, for those that Azure takes for false when they are absent. */
export function flagAt(properties: Properties, name: string): 'true' | 'false' {
  return textAt(properties, name).toLowerCase() === 'true' ? 'true' : 'false'
}

/** The object `name`; an empty one when it is absent. */
export function objectAt(properties: Properties, name: string): Properties {
  const value = properties[name]
  return isObject(value) ? value : {}
}

/** The objects in the array `name`; none when it is absent. */
export function listAt(properties: Properties, name: string): readonly Properties[] {
  const value = properties[name]
  return Array.isArray(value) ? value.filter(isObject) : []
}

function isObject(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
