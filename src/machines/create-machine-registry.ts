import type { UnitOfWork } from '../resources/unit-of-work.ts'
import { readNetwork } from './machine-network.ts'
import type { MachineIdentity, MachineRegistry } from './machine.ts'

/** What the platform knows of its machines, read from the stores at every call: an identity that was removed is gone at once. */
export function createMachineRegistry({ unitOfWork }: { readonly unitOfWork: Pick<UnitOfWork, 'stores'> }): MachineRegistry {
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
        if (principal) identities.push({ principal, userAssignedId: undefined })
      }
      for (const id of userAssigned) {
        const principal = await directory.findServicePrincipalManagedBy(id.toLowerCase())
        if (principal) identities.push({ principal, userAssignedId: id })
      }
      return { resource, identities }
    },
  }
}
