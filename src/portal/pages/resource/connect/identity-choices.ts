import type { Resource } from '../../../../contracts/resource.ts'
import { hasSystemIdentity } from '../../../api/identities.ts'

/** An identity that a token can be asked of. */
export interface IdentityChoice {
  readonly key: string
  readonly name: string
  /** How a request names it. */
  readonly selector: { readonly clientId?: string; readonly objectId?: string }
}

/** The identities of a machine, after the one that the machine itself takes when a request names none. */
export function identityChoices(machine: Pick<Resource, 'identity'>): readonly IdentityChoice[] {
  const { principalId, userAssignedIdentities } = machine.identity ?? {}
  return [
    { key: '', name: 'Not named: the machine decides', selector: {} },
    ...(hasSystemIdentity(machine) && principalId !== undefined
      ? [{ key: 'system', name: 'System assigned', selector: { objectId: principalId } }]
      : []),
    ...Object.entries(userAssignedIdentities ?? {}).flatMap(([id, { clientId }]) =>
      clientId === undefined ? [] : [{ key: id, name: id.split('/').at(-1) ?? id, selector: { clientId } }],
    ),
  ]
}
