import type { Clock, Origin } from '../http/endpoint.ts'
import type { SignDocument } from './attested-document.ts'
import type { MachineEvents, MachineRegistry } from '../machines/machine.ts'
import type { TokenAuthority } from '../tokens/token-authority.ts'
import { grantToken, type DemandedToken, type TokenRefusal } from './grant-token.ts'
import type { MetadataAnswer } from './metadata-answer.ts'
import {
  foreignSelector,
  identityNotFound,
  resourceMissing,
  severalIdentities,
  severalSelectors,
  tokenErrorAnswer,
  unknownResource,
  type TokenError,
} from './metadata-errors.ts'
import type { Query } from './query.ts'
import { imdsSelectors, readSelector, type SelectorNames } from './select-identity.ts'
import { tokenAnswer } from './token-answer.ts'

/** What the metadata endpoint works with. */
export interface MetadataSources {
  readonly authority: TokenAuthority
  readonly machines: MachineRegistry
  /** Whether tokens are issued for this audience. */
  readonly isKnownResource: (resource: string) => Promise<boolean>
  /** What machines are told before it happens. */
  readonly events: MachineEvents
  /** Told what became of a demand for a token; nobody is when left out. */
  readonly onDemand?: (demanded: DemandedToken) => void
  /** Signs what is attested. */
  readonly sign: SignDocument
  readonly clock: Clock
}

/**
 * Serves a token request in the words of the instance metadata service, whose header and api-version were good.
 * @param query of the URL, or of the form for the VM extension
 */
export async function answerTokenRequest(
  sources: MetadataSources,
  query: Query,
  origin: Origin,
  selectors: SelectorNames = imdsSelectors,
): Promise<MetadataAnswer> {
  const resource = query.get('resource')
  if (!resource) return tokenErrorAnswer(resourceMissing)
  const selector = readSelector(query, selectors)
  if (selector && 'several' in selector) return tokenErrorAnswer(severalSelectors)
  if (selector && 'foreign' in selector) return tokenErrorAnswer(foreignSelector(selector.foreign))
  const grant = await grantToken(sources, { resource, selector, withoutSelector: 'systemOrOnly' }, origin)
  if (typeof grant === 'string') return tokenErrorAnswer(refusal(grant, resource, sources.authority.tenantId))
  return tokenAnswer(grant, sources.clock())
}

function refusal(reason: TokenRefusal, resource: string, tenantId: string): TokenError {
  if (reason === 'unknownResource') return unknownResource(resource, tenantId)
  return reason === 'severalIdentities' ? severalIdentities : identityNotFound
}
