import type { UnitOfWork } from '../resources/unit-of-work.ts'
import { readNetwork } from './machine-network.ts'
import type { MachineIdentity, MachineRegistry } from './machine.ts'

export interface MachineRegistryOptions {
  readonly unitOfWork: Pick<UnitOfWork, 'stores'>
  /** Whether what was assigned at that time, in milliseconds since the epoch, is known to the machine by now; all is when left out. */
  readonly hasArrived?: (assignedAt: number) => boolean
}

/** What the platform knows of its machines, read from the stores at every call: an identity that was removed is gone at once. */
export function createMachineRegistry({ unitOfWork, hasArrived = () => true }: MachineRegistryOptions): MachineRegistry {
  const { resources, directory } = unitOfWork.stores
  return {
    network: (resource) => readNetwork(unitOfWork, resource),
    async facts({ resourceId }) {
      const resource = await resources.findResource(resourceId.toLowerCase())
      if (!resource) return undefined
      const identities: MachineIdentity[] = []
      const { systemAssigned, userAssigned = [] } = resource.identity ?? {}
      if (systemAssigned !== undefined) {
        const principal = await directory.findServicePrincipal(systemAssigned)
        if (principal && hasArrived(principal.createdAt)) identities.push({ principal, userAssignedId: undefined })
      }
      for (const id of userAssigned) {
        const principal = await directory.findServicePrincipalManagedBy(id.toLowerCase())
        // When it was attached is not kept: not before the machine was last written.
        if (principal && hasArrived(Math.max(principal.createdAt, resource.changedAt))) {
          identities.push({ principal, userAssignedId: id })
        }
      }
      return { resource, identities }
    },
  }
}
