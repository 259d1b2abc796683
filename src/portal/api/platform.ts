import { createAuthorizedClient, type AuthorizedClient, type TokenProvider } from '../../api-client/resource-manager.ts'
import type { Transport } from '../../api-client/transport.ts'
import { graphAudience, resourceManagerAudience } from '../../api-client/endpoints.ts'

/** The platform's public API, as the signed-in user may use it. */
export interface Platform {
  readonly arm: AuthorizedClient
  readonly graph: AuthorizedClient
}

/** @param origin of the portal, which serves Resource Manager and Graph as well */
export function createPlatform(
  origin: string,
  transport: Transport,
  tokens: TokenProvider,
  sleep: (milliseconds: number) => Promise<void>,
): Platform {
  const common = { transport, baseUrl: origin, tokens, sleep, newGuid: () => crypto.randomUUID() }
  return {
    arm: createAuthorizedClient({ ...common, audience: resourceManagerAudience }),
    graph: createAuthorizedClient({ ...common, audience: graphAudience }),
  }
}
