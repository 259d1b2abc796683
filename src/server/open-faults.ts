import type { RoleAssignment } from '../access-control/role-assignment.ts'
import type { Caller } from '../access-control/authorized.ts'
import { createFaults } from '../faults/create-faults.ts'
import { rememberFacts } from '../faults/remembered-facts.ts'
import type { Store } from '../store/open-sqlite-store.ts'
import type { TokenAuthority, VerifiedToken } from '../tokens/token-authority.ts'
import { distortedAuthority } from './distorted-authority.ts'
import type { DomainDistortions } from './open-domain.ts'

/**
 * The faults of a platform, and where they reach into it. While there are none, everything passes through.
 * @param clock milliseconds since the epoch
 */
export function openFaults(store: Store, clock: () => number) {
  const faults = createFaults(clock)
  const { directory, roleAssignments } = store.stores
  const facts = rememberFacts<readonly RoleAssignment[]>(() => faults.lasting('stale-access'), clock)
  // Without a delay everything has arrived, also when the clock was moved to before it was made.
  const isPast = (kind: 'identity-delay' | 'principal-delay', since: number) => {
    const delay = faults.lasting(kind)
    return delay === undefined || since + delay <= clock()
  }
  const staleFacts = (tokenId: string | undefined) => (tokenId === undefined ? undefined : facts.recall(tokenId))

  const domain: DomainDistortions = {
    canBeLookedUp: (createdAt) => isPast('principal-delay', createdAt),
    assignmentsOf: async ({ objectId, tokenId }: Caller) =>
      staleFacts(tokenId) ?? (await roleAssignments.listRoleAssignmentsOf(objectId)),
    deployExtension: ({ machineId }) => faults.strikeDeployment(machineId),
  }
  return {
    faults,
    domain,
    /** Whether a machine knows by now of an identity that it was given then. */
    hasArrived: (assignedAt: number) => isPast('identity-delay', assignedAt),
    /** Whether the principal of a token is there, or was when the token was given out and that still counts. */
    holderExists: async ({ tokenId, objectId }: VerifiedToken) =>
      staleFacts(tokenId) !== undefined ||
      ((await directory.findServicePrincipal(objectId)) ?? (await directory.findUser(objectId))) !== undefined,
    distort: (authority: TokenAuthority) =>
      distortedAuthority(authority, faults, clock, async ({ accessToken }, objectId) => {
        if (faults.lasting('stale-access') === undefined) return
        const tokenId = tokenIdOf(accessToken)
        if (tokenId !== undefined) facts.note(tokenId, await roleAssignments.listRoleAssignmentsOf(objectId))
      }),
  }
}

/** The claim `uti` of a token of ours. */
function tokenIdOf(accessToken: string): string | undefined {
  const claims = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()) as { uti?: string }
  return claims.uti
}
