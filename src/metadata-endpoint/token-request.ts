import type { Clock, Origin } from '../http/endpoint.ts'
import type { MachineFacts, MachineRegistry } from '../machines/machine.ts'
import type { TokenAuthority } from '../tokens/token-authority.ts'
import type { MetadataAnswer } from './metadata-answer.ts'
import { identityNotFound, resourceMissing, tokenErrorAnswer, unknownResource } from './metadata-errors.ts'
import type { Query } from './query.ts'
import { readSelector, selectIdentity } from './select-identity.ts'
import { tokenAnswer } from './token-answer.ts'

/** What the metadata endpoint works with. */
export interface MetadataSources {
  readonly authority: TokenAuthority
  readonly machines: MachineRegistry
  /** Whether tokens are issued for this audience. */
  readonly isKnownResource: (resource: string) => Promise<boolean>
  readonly clock: Clock
}

/** What is known now of the machine that a request came from; undefined when it came from none, or the machine is gone. */
export async function factsOfOrigin(machines: MachineRegistry, { machineId }: Origin): Promise<MachineFacts | undefined> {
  return machineId === undefined ? undefined : machines.facts({ resourceId: machineId })
}

/**
 * Serves a token request whose header and api-version were good. The facts of the machine are read at every request, so that a
 * removed identity gets no token from the next request on.
 * @param query of the URL, or of the form for the VM extension
 */
export async function answerTokenRequest(sources: MetadataSources, query: Query, origin: Origin): Promise<MetadataAnswer> {
  const resource = query.get('resource')
  if (!resource) return tokenErrorAnswer(resourceMissing)
  const selector = readSelector(query)
  if (selector && 'error' in selector) return tokenErrorAnswer(selector)
  const facts = await factsOfOrigin(sources.machines, origin)
  if (!facts) return tokenErrorAnswer(identityNotFound)
  const identity = selectIdentity(facts.identities, selector)
  if ('error' in identity) return tokenErrorAnswer(identity)
  if (!(await sources.isKnownResource(resource))) {
    return tokenErrorAnswer(unknownResource(resource, sources.authority.tenantId))
  }
  const token = await sources.authority.issueCached({
    principal: identity.principal,
    resource,
    requestedBy: identity.userAssignedId === undefined ? undefined : facts.resource.id,
  })
  return tokenAnswer(token, identity.principal.clientId, resource, selector, sources.clock())
}
