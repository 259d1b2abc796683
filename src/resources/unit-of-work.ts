import type { RoleAssignmentStore } from '../access-control/role-assignment.ts'
import type { DirectoryStore } from '../directory/directory-store.ts'
import type { ResourceStore } from './resource.ts'

/** The stores that change together. */
export interface Stores {
  readonly resources: ResourceStore
  readonly directory: DirectoryStore
  readonly roleAssignments: RoleAssignmentStore
}

/** Runs work on all stores or on none: when `work` throws, nothing of it is kept. */
export interface UnitOfWork {
  /** For reading outside a transaction. */
  readonly stores: Stores
  transaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}
