import type { Authorized } from '../access-control/authorized.ts'

/**
 * Refuses a proof for another action: with the proof that someone may read, nothing can be written. A caller of the domain
 * that mixes them up has a defect, so this is no error for the client.
 */
export function requireVerb(authorized: Authorized, verb: 'write' | 'delete'): void {
  if (!authorized.action.toLowerCase().endsWith(`/${verb}`)) {
    throw new TypeError(`'${authorized.action}' at ${authorized.scope.text} was authorised, and this needs ${verb}`)
  }
}
