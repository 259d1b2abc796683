import { tokenRequestBody, type TokenRequestAnswer, type TokenRequestBody } from '../contracts/token-request.ts'
import { hostKindOf } from '../resources/host-kind.ts'
import type { Resource } from '../resources/resource.ts'
import { ArmError, invalidContent } from './arm-error.ts'
import { readBody } from './body.ts'
import type { AuthorizedCall, Route } from './route.ts'

/** Asks a machine's own token source; what comes back holds no token. */
export type RequestMachineToken = (machine: Resource, demand: TokenRequestBody) => Promise<TokenRequestAnswer['properties']>

/** What code on the machine would be answered now. */
async function tryOut({ request, services, authorized, scope }: AuthorizedCall): Promise<TokenRequestAnswer> {
  const machine = await services.resources.getResource(authorized)
  if (!hostKindOf(machine)) {
    throw new ArmError(
      400,
      'UnsupportedOperation',
      `A resource of type '${scope.type}' is no host that gets tokens of a managed identity.`,
    )
  }
  const demand = readBody(request, tokenRequestBody)
  const { clientId, objectId, resourceId } = demand
  if ([clientId, objectId, resourceId].filter((one) => one !== undefined).length > 1) {
    throw invalidContent('only one of clientId, objectId and resourceId can be given')
  }
  return { properties: await services.requestMachineToken(machine, demand) }
}

/** What a person tries out before any code runs. */
export const tokenRequestRoutes: readonly Route[] = [
  {
    method: 'POST',
    pattern: '<resource>|/providers/Lanyard.Diagnostics/tokenRequests',
    action: 'Lanyard.Diagnostics/tokenRequests/action',
    handle: tryOut,
  },
]
