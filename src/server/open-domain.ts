import { randomBytes } from 'node:crypto'
import { createAccessControl, type AccessControlOptions } from '../access-control/create-access-control.ts'
import { createDirectory } from '../directory/create-directory.ts'
import { createUsers } from '../directory/create-users.ts'
import { createResources } from '../resources/create-resources.ts'
import type { DeployExtension } from '../resources/compute/virtual-machine-extension.ts'
import type { Stores, UnitOfWork } from '../resources/unit-of-work.ts'

export interface DomainOptions {
  readonly unitOfWork: UnitOfWork
  readonly tenantId: string
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly newGuid: () => string
  /** Whether a text is the platform's sign-in code; nothing is when left out. */
  readonly isSignInCode?: (text: string) => boolean
  /** What faults change; nothing when left out. */
  readonly distortions?: DomainDistortions
}

/** What faults may do to the domain. */
export type DomainDistortions = Pick<AccessControlOptions, 'assignmentsOf'> & {
  /** Whether a principal that was made then can be looked up by now; milliseconds since the epoch. */
  readonly canBeLookedUp: (createdAt: number) => boolean
  /** How the deployment of a machine's extension ends. */
  readonly deployExtension: DeployExtension
}

/** The operations of the domain over a store, or over one transaction of it. */
export function openDomain({ unitOfWork, tenantId, clock, newGuid, isSignInCode = () => false, distortions }: DomainOptions) {
  const { stores } = unitOfWork
  return {
    directory: createDirectory({ store: stores.directory, clock, newGuid, randomBytes }),
    users: createUsers({ store: stores.directory, isSignInCode, clock, newGuid, randomBytes }),
    accessControl: createAccessControl({
      assignments: stores.roleAssignments,
      transaction: (work) => unitOfWork.transaction(({ roleAssignments }) => work(roleAssignments)),
      clock,
      tenantId,
      principalTypeOf: async (objectId, declaredType) => {
        const principal = await stores.directory.findServicePrincipal(objectId)
        const found = principal ?? (await stores.directory.findUser(objectId))
        if (found === undefined || (declaredType === undefined && distortions?.canBeLookedUp(found.createdAt) === false)) {
          return undefined
        }
        return principal ? 'ServicePrincipal' : 'User'
      },
      ...(distortions?.assignmentsOf && { assignmentsOf: distortions.assignmentsOf }),
    }),
    resources: createResources({ unitOfWork, clock, newGuid, deployExtension: distortions?.deployExtension }),
  }
}

/** A running transaction as a unit of work: what begins a transaction of its own becomes part of this one. */
export function withinTransaction(stores: Stores): UnitOfWork {
  return { stores, transaction: (work) => work(stores) }
}
