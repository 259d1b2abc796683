import type { Origin } from '../http/endpoint.ts'
import type { MachineFacts, MachineIdentity, MachineRegistry } from '../machines/machine.ts'
import { isTokenExchange } from '../tokens/known-resources.ts'
import type { IssuedToken } from '../tokens/token-authority.ts'
import type { Selector } from './select-identity.ts'
import type { MetadataSources } from './token-request.ts'

/** A token of one identity of the machine that asked. */
export interface TokenGrant {
  readonly token: IssuedToken
  readonly identity: MachineIdentity
  readonly resource: string
  readonly selector: Selector | undefined
}

/** Why there is no token. Each host says it in words of its own. */
export type TokenRefusal = 'identityNotFound' | 'severalIdentities' | 'unknownResource'

export interface TokenDemand {
  readonly resource: string
  readonly selector: Selector | undefined
  /** Whose token a request gets that names no identity: the system-assigned one alone, or an only user-assigned one too. */
  readonly withoutSelector: 'system' | 'systemOrOnly'
}

/** What a machine demanded, what it had at that moment, and what it got. */
export interface DemandedToken {
  readonly demand: TokenDemand
  /** Undefined when the request came from no machine that exists. */
  readonly facts: MachineFacts | undefined
  readonly outcome: TokenGrant | TokenRefusal
}

/** What is known now of the machine that a request came from; undefined when it came from none, or the machine is gone. */
export async function factsOfOrigin(machines: MachineRegistry, { machineId }: Origin): Promise<MachineFacts | undefined> {
  return machineId === undefined ? undefined : machines.facts({ resourceId: machineId })
}

/**
 * Gives the token that a machine demands. The facts of the machine are read at every request, so that a removed identity gets
 * no token from the next request on. Never the token of another identity than the one asked for.
 */
export async function grantToken(
  sources: MetadataSources,
  demand: TokenDemand,
  origin: Origin,
): Promise<TokenGrant | TokenRefusal> {
  const facts = await factsOfOrigin(sources.machines, origin)
  const outcome = facts ? await grantOf(facts, sources, demand) : 'identityNotFound'
  sources.onDemand?.({ demand, facts, outcome })
  return outcome
}

async function grantOf(
  facts: MachineFacts,
  { authority, isKnownResource }: MetadataSources,
  { resource, selector, withoutSelector }: TokenDemand,
): Promise<TokenGrant | TokenRefusal> {
  const identity = selector ? named(facts.identities, selector) : unnamed(facts.identities, withoutSelector)
  if (typeof identity === 'string') return identity
  if (!(await isKnownResource(resource))) return 'unknownResource'
  const token = await authority.issueCached({
    principal: identity.principal,
    resource,
    // Federated credentials name the issuer of the second version.
    version: isTokenExchange(resource) ? 2 : 1,
    requestedBy: identity.userAssignedId === undefined ? undefined : facts.resource.id,
  })
  return { token, identity, resource, selector }
}

function named(identities: readonly MachineIdentity[], { by, value }: Selector): MachineIdentity | TokenRefusal {
  const own = ({ principal, userAssignedId }: MachineIdentity) =>
    by === 'clientId' ? principal.clientId : by === 'objectId' ? principal.objectId : userAssignedId
  return identities.find((identity) => own(identity)?.toLowerCase() === value.toLowerCase()) ?? 'identityNotFound'
}

function unnamed(
  identities: readonly MachineIdentity[],
  withoutSelector: TokenDemand['withoutSelector'],
): MachineIdentity | TokenRefusal {
  const system = identities.find(({ userAssignedId }) => userAssignedId === undefined)
  if (system) return system
  const [only, another] = identities
  if (withoutSelector === 'system' || only === undefined) return 'identityNotFound'
  return another === undefined ? only : 'severalIdentities'
}
