import {
  createAuthorizedClient,
  createTransport,
  graphAudience,
  resourceManagerAudience,
  type AuthorizedClient,
  type TokenProvider,
} from '../../api-client/index.ts'
import { createHttpFetch } from '../../api-client/http-fetch.ts'
import { ownerAccess, type OwnerAccess } from '../../contracts/owner-access.ts'
import { callControl } from '../../server/control-call.ts'
import { controlSocketPath, defaultDataPath } from '../../server/data-path.ts'
import type { CommandIo } from '../command-io.ts'

/** Before its expiry, from when a lent token is asked for anew; seconds. */
const margin = 60

/** The public API of the running platform, as its administrator. */
export interface OwnerSession {
  /** `https://localhost:PORT`, with the platform's own certificate. */
  readonly url: string
  readonly tenantId: string
  readonly arm: AuthorizedClient
  readonly graph: AuthorizedClient
}

/**
 * A session of who can reach the control socket of a running platform: nobody need sign in to ask their own platform.
 * @param data its data directory; the user's when left out
 * @returns undefined when no platform is running there
 */
export async function openOwnerSession(io: CommandIo, data?: string): Promise<OwnerSession | undefined> {
  const socket = controlSocketPath(data ?? defaultDataPath(io.env))
  const lend = async (resource: string): Promise<OwnerAccess | undefined> => {
    const answer = await callControl(socket, 'POST', '/owner-access', { resource })
    return answer === undefined ? undefined : ownerAccess.parse(answer)
  }
  const first = await lend(resourceManagerAudience)
  if (!first) return undefined
  const lent = new Map([[resourceManagerAudience, first]])
  const tokens: TokenProvider = async (resource, options) => {
    const kept = lent.get(resource)
    const access = kept && !options?.renew && kept.expiresOn - margin > io.clock() / 1000 ? kept : await lend(resource)
    if (!access) throw new Error('The platform has ended.')
    lent.set(resource, access)
    return { accessToken: access.accessToken, tokenType: 'Bearer', expiresOn: access.expiresOn }
  }
  const transport = createTransport({
    fetch: createHttpFetch({}, first.certificateAuthority),
    sleep: (time) => io.sleep(time),
    clock: () => io.clock(),
  })
  const client = (audience: string) =>
    createAuthorizedClient({
      transport,
      baseUrl: first.url,
      audience,
      tokens,
      newGuid: () => io.newGuid(),
      sleep: (time) => io.sleep(time),
    })
  return { url: first.url, tenantId: first.tenantId, arm: client(resourceManagerAudience), graph: client(graphAudience) }
}
