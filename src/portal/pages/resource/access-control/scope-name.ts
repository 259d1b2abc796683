import { parseResourceId } from '../../../../resource-ids/parse-resource-id.ts'
import type { ResourceId } from '../../../../resource-ids/resource-id.ts'
import { describeType } from '../describe-resource.ts'

/** A scope in words: `Resource group shop`. */
export function scopeName(scope: string): string {
  const id = parseResourceId(scope)
  return id.kind === 'tenant' ? 'Tenant (/)' : `${describeType(id).text} ${id.name}`
}

/** Whether an assignment at a scope comes from above the resource. */
export function isInherited(scope: string, id: ResourceId): boolean {
  return parseResourceId(scope).key !== id.key
}

/** A scope and those above it, nearest first: where a role that counts there can be given. */
export function scopesAbove(id: ResourceId): readonly ResourceId[] {
  const scopes: ResourceId[] = []
  for (let scope: ResourceId | undefined = id; scope; scope = scope.parent) scopes.push(scope)
  return scopes
}
