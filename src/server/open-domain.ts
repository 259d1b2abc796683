import { randomBytes } from 'node:crypto'
import { createAccessControl } from '../access-control/create-access-control.ts'
import { createDirectory } from '../directory/create-directory.ts'
import { createResources } from '../resources/create-resources.ts'
import type { Stores, UnitOfWork } from '../resources/unit-of-work.ts'

export interface DomainOptions {
  readonly unitOfWork: UnitOfWork
  readonly tenantId: string
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly newGuid: () => string
}

/** The operations of the domain over a store, or over one transaction of it. */
export function openDomain({ unitOfWork, tenantId, clock, newGuid }: DomainOptions) {
  const { stores } = unitOfWork
  return {
    directory: createDirectory({ store: stores.directory, clock, newGuid, randomBytes }),
    accessControl: createAccessControl({
      assignments: stores.roleAssignments,
      transaction: (work) => unitOfWork.transaction(({ roleAssignments }) => work(roleAssignments)),
      clock,
      tenantId,
      principalExists: async (objectId) => (await stores.directory.findServicePrincipal(objectId)) !== undefined,
    }),
    resources: createResources({ unitOfWork, clock, newGuid }),
  }
}

/** A running transaction as a unit of work: what begins a transaction of its own becomes part of this one. */
export function withinTransaction(stores: Stores): UnitOfWork {
  return { stores, transaction: (work) => work(stores) }
}
