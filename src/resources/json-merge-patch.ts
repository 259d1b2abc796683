import type { JsonObject } from './resource.ts'

/** JSON merge patch (RFC 7396): objects merge, `null` removes, everything else replaces. Neither argument changes. */
export function mergePatch(target: unknown, patch: JsonObject): JsonObject {
  // A map, since assigning a member named `__proto__` would set the prototype.
  const merged = new Map<string, unknown>(isJsonObject(target) ? Object.entries(target) : [])
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name)
    else merged.set(name, isJsonObject(value) ? mergePatch(merged.get(name), value) : value)
  }
  return Object.fromEntries(merged)
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The member of that name when it is an object, else an empty object. */
export function objectAt(parent: JsonObject, name: string): JsonObject {
  const value = parent[name]
  return isJsonObject(value) ? value : {}
}
