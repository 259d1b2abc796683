import type { OwnerAccess } from '../contracts/owner-access.ts'
import type { Listener } from '../gateway/create-gateway.ts'
import type { Platform } from './start-platform.ts'

/** Of a token that is lent: long enough for one command, renewed by those that last; seconds. */
const lifetimeSeconds = 600

/** What `POST /owner-access` asks for. */
export interface OwnerAccessRequest {
  /** The audience of the token, for instance `https://management.azure.com/`. */
  readonly resource: string
}

/** Lends the owner of a platform, who can reach its control socket, the public API as its administrator. */
export interface OwnerAccessDesk {
  /** @throws Error with a sentence for the user when no audience is named */
  lend(request: OwnerAccessRequest): Promise<OwnerAccess>
  close(): Promise<void>
}

type LendingPlatform = Pick<Platform, 'tenantId' | 'gateway' | 'certificates' | 'issueAdministratorToken'>

/**
 * The API is served on a port of the desk's own, on loopback, opened at the first request: wherever the platform's other listeners
 * are, this one is reached from the machine of its owner.
 */
export function openOwnerAccessDesk(platform: LendingPlatform): OwnerAccessDesk {
  let listening: Promise<Listener> | undefined
  return {
    async lend({ resource }) {
      if (typeof resource !== 'string' || resource === '') throw new Error('Name the resource that the token is for.')
      listening ??= platform.gateway.listenHttps({ port: 0 })
      const [{ url }, token] = await Promise.all([listening, platform.issueAdministratorToken({ resource, lifetimeSeconds })])
      return {
        url,
        certificateAuthority: platform.certificates.certificate,
        tenantId: platform.tenantId,
        accessToken: token.accessToken,
        expiresOn: token.expiresAt,
      }
    },
    async close() {
      await (await listening)?.close()
    },
  }
}
