import type { Authorized } from '../access-control/authorized.ts'
import { requireProof } from '../access-control/create-access-control.ts'

/**
 * Refuses a proof for another action: with the proof that someone may read, nothing can be written. A caller of the domain
 * that mixes them up has a defect, so this is no error for the client.
 * @throws TypeError
 */
export function requireVerb(authorized: Authorized, verb: 'write' | 'delete'): void {
  requireProof(authorized)
  if (!authorized.action.toLowerCase().endsWith(`/${verb}`)) {
    throw new TypeError(`'${authorized.action}' at ${authorized.scope.text} was authorised, and this needs ${verb}`)
  }
}

/** The scope of a proof of any action, whose holder may learn what is there. @throws TypeError */
export function provenScope(authorized: Authorized): Authorized['scope'] {
  requireProof(authorized)
  return authorized.scope
}
