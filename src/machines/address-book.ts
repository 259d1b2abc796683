import { objectAt } from '../resources/json-merge-patch.ts'
import type { JsonObject } from '../resources/resource.ts'
import type { UnitOfWork } from '../resources/unit-of-work.ts'

/** Finds the virtual machine that has an address. */
export interface AddressBook {
  /**
   * @param address IPv4 or IPv6, as a socket gives it
   * @returns ARM id of the machine that has it on one of its network interfaces; undefined when none has
   */
  machineAt(address: string): Promise<string | undefined>
}

export interface AddressBookOptions {
  readonly unitOfWork: Pick<UnitOfWork, 'stores'>
  /** Another number after every write: the book is written anew then. */
  readonly revision: () => number
}

/** Who has which private address, by the network interfaces that the virtual machines refer to. */
export function createAddressBook({ unitOfWork, revision }: AddressBookOptions): AddressBook {
  let book: { readonly asOf: number; readonly entries: Promise<ReadonlyMap<string, string>> } | undefined

  async function write(): Promise<ReadonlyMap<string, string>> {
    const { resources } = unitOfWork.stores
    const [interfaces, machines] = await Promise.all([
      resources.listResourcesOfType('Microsoft.Network/networkInterfaces'),
      resources.listResourcesOfType('Microsoft.Compute/virtualMachines'),
    ])
    const owners = new Map(
      machines.flatMap(({ id, properties }) =>
        listAt(objectAt(properties, 'networkProfile'), 'networkInterfaces').map((one) => [String(one['id']).toLowerCase(), id]),
      ),
    )
    return new Map(
      interfaces.flatMap(({ id, properties }) => {
        const owner = owners.get(id.toLowerCase())
        return owner === undefined ? [] : privateAddresses(properties).map((address) => [address, owner] as const)
      }),
    )
  }

  return {
    async machineAt(address) {
      const asOf = revision()
      if (book?.asOf !== asOf) book = { asOf, entries: write() }
      return (await book.entries).get(address.replace(/^::ffff:/i, '').toLowerCase())
    },
  }
}

/** The private addresses of a network interface. */
function privateAddresses(properties: JsonObject): string[] {
  return listAt(properties, 'ipConfigurations')
    .map((configuration) => objectAt(configuration, 'properties')['privateIPAddress'])
    .filter((address) => typeof address === 'string')
    .map((address) => address.toLowerCase())
}

function listAt(object: JsonObject, name: string): readonly JsonObject[] {
  const value = object[name]
  return Array.isArray(value) ? value.filter((one): one is JsonObject => typeof one === 'object' && one !== null) : []
}
