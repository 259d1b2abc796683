import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import { hostResourceTypes } from '../resources/host-kind.ts'
import type { Resource } from '../resources/resource.ts'
import type { UnitOfWork } from '../resources/unit-of-work.ts'

/**
 * The machines that a `--vm` flag can mean, in every subscription, ordered by id: virtual machines and every other host of a
 * managed identity. Casing does not matter.
 * @param name name or ARM id of the machine; undefined for all
 * @param resourceGroup undefined for any
 */
export async function findMachines(
  unitOfWork: Pick<UnitOfWork, 'stores'>,
  name?: string,
  resourceGroup?: string,
): Promise<readonly Resource[]> {
  const { resources } = unitOfWork.stores
  const machines = (await Promise.all(hostResourceTypes.map((type) => resources.listResourcesOfType(type)))).flat()
  const wanted = name?.startsWith('/') ? parseResourceId(name).key : name?.toLowerCase()
  return machines.filter((machine) => {
    const id = parseResourceId(machine.id)
    if (resourceGroup !== undefined && id.resourceGroup?.toLowerCase() !== resourceGroup.toLowerCase()) return false
    return wanted === undefined || id.key === wanted || id.name.toLowerCase() === wanted
  })
}
