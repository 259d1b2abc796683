import { createHash } from 'node:crypto'
import { objectAt } from '../resources/json-merge-patch.ts'
import type { JsonObject, Resource } from '../resources/resource.ts'
import type { UnitOfWork } from '../resources/unit-of-work.ts'

/** A network interface of a machine, as the metadata service tells of it. */
export interface NetworkInterface {
  readonly addresses: readonly { readonly privateIpAddress: string; readonly publicIpAddress: string }[]
  readonly subnets: readonly { readonly address: string; readonly prefix: string }[]
  /** Twelve hexadecimal digits, upper case. */
  readonly macAddress: string
}

/** A rule by which a load balancer leads to a machine or away from it. */
export interface LoadBalancing {
  readonly publicIpAddresses: readonly { readonly frontendIpAddress: string; readonly privateIpAddress: string }[]
  readonly inboundRules: readonly {
    readonly frontendIpAddress: string
    readonly protocol: string
    readonly frontendPort: string
    readonly backendPort: string
    readonly privateIpAddress: string
  }[]
  readonly outboundRules: readonly { readonly frontendIpAddress: string; readonly privateIpAddress: string }[]
}

/** What is known of the network that a machine is on: what the resources that it refers to say. */
export interface MachineNetwork {
  readonly interfaces: readonly NetworkInterface[]
  /** Undefined where no load balancer leads to the machine. */
  readonly loadBalancing: LoadBalancing | undefined
}

/** Reads the network of a machine from the resources of the network provider. */
export async function readNetwork(unitOfWork: Pick<UnitOfWork, 'stores'>, machine: Resource): Promise<MachineNetwork> {
  const { resources } = unitOfWork.stores
  const find = async (id: unknown) => (typeof id === 'string' ? resources.findResource(id.toLowerCase()) : undefined)
  const ids = listAt(objectAt(machine.properties, 'networkProfile'), 'networkInterfaces').map((one) => one['id'])
  const found = (await Promise.all(ids.map(find))).filter((one) => one !== undefined)
  const interfaces = await Promise.all(found.map((one) => describe(one, find)))
  const addressByConfiguration = new Map(
    found.flatMap(({ id, properties }) =>
      configurations(properties).map(({ name, body }) => [
        `${id}/ipConfigurations/${name}`.toLowerCase(),
        textAt(body, 'privateIPAddress'),
      ]),
    ),
  )
  const balancers = await resources.listResourcesOfType('Microsoft.Network/loadBalancers')
  const balanced = await Promise.all(balancers.map((one) => balancing(one.properties, addressByConfiguration, find)))
  const leading = balanced.filter((one) => one !== undefined)
  const joined = <Key extends keyof LoadBalancing>(key: Key) => leading.flatMap((one) => [...one[key]])
  return {
    interfaces,
    loadBalancing:
      leading.length === 0
        ? undefined
        : {
            publicIpAddresses: joined('publicIpAddresses'),
            inboundRules: joined('inboundRules'),
            outboundRules: joined('outboundRules'),
          },
  }
}

type Find = (id: unknown) => Promise<Resource | undefined>

async function describe({ id, properties }: Resource, find: Find): Promise<NetworkInterface> {
  const addresses = await Promise.all(
    configurations(properties).map(async ({ body }) => ({
      privateIpAddress: textAt(body, 'privateIPAddress'),
      publicIpAddress: await publicAddress(body, find),
    })),
  )
  const subnets = await Promise.all(configurations(properties).map(({ body }) => subnetOf(body, find)))
  const given = textAt(properties, 'macAddress').replaceAll(/[^0-9a-f]/gi, '')
  // The vendor's part is that of Azure's own adapters.
  const made = `002248${createHash('sha256').update(id.toLowerCase()).digest('hex').slice(0, 6)}`
  return { addresses, subnets, macAddress: (given === '' ? made : given).toUpperCase() }
}

async function publicAddress(body: JsonObject, find: Find): Promise<string> {
  return textAt((await find(objectAt(body, 'publicIPAddress')['id']))?.properties ?? {}, 'ipAddress')
}

/** The prefix that the subnet has, or, where there is no such resource, the 24 bits that a network has as a rule. */
async function subnetOf(body: JsonObject, find: Find): Promise<{ address: string; prefix: string }> {
  const subnet = await find(objectAt(body, 'subnet')['id'])
  const [address = '', prefix = ''] = textAt(subnet?.properties ?? {}, 'addressPrefix').split('/')
  if (address !== '') return { address, prefix }
  const guessed = /^(\d+\.\d+\.\d+)\.\d+$/.exec(textAt(body, 'privateIPAddress'))?.[1]
  return guessed === undefined ? { address: '', prefix: '' } : { address: `${guessed}.0`, prefix: '24' }
}

/** @param addressByConfiguration private addresses of the machine by the id, in lower case, of their IP configuration */
async function balancing(
  properties: JsonObject,
  addressByConfiguration: ReadonlyMap<string, string>,
  find: Find,
): Promise<LoadBalancing | undefined> {
  const mine = (configuration: unknown) =>
    typeof configuration === 'string' ? addressByConfiguration.get(configuration.toLowerCase()) : undefined
  const pools = new Map(
    listAt(properties, 'backendAddressPools').map((pool) => [
      textAt(pool, 'id').toLowerCase(),
      listAt(objectAt(pool, 'properties'), 'backendIPConfigurations').flatMap(({ id }) => mine(id) ?? []),
    ]),
  )
  const fronts = new Map(
    await Promise.all(
      listAt(properties, 'frontendIPConfigurations').map(
        async (front) => [textAt(front, 'id').toLowerCase(), await publicAddress(objectAt(front, 'properties'), find)] as const,
      ),
    ),
  )
  const frontOf = (rule: JsonObject) => fronts.get(textAt(objectAt(rule, 'frontendIPConfiguration'), 'id').toLowerCase()) ?? ''
  const inbound = (rule: JsonObject, privateIpAddress: string) => ({
    frontendIpAddress: frontOf(rule),
    protocol: textAt(rule, 'protocol').toLowerCase(),
    frontendPort: textAt(rule, 'frontendPort'),
    backendPort: textAt(rule, 'backendPort'),
    privateIpAddress,
  })
  const rules = (name: string) => listAt(properties, name).map((rule) => objectAt(rule, 'properties'))
  const pooled = (rule: JsonObject) => pools.get(textAt(objectAt(rule, 'backendAddressPool'), 'id').toLowerCase()) ?? []
  const inboundRules = [
    ...rules('loadBalancingRules').flatMap((rule) => pooled(rule).map((address) => inbound(rule, address))),
    ...rules('inboundNatRules').flatMap((rule) => {
      const address = mine(objectAt(rule, 'backendIPConfiguration')['id'])
      return address === undefined ? [] : [inbound(rule, address)]
    }),
  ]
  const outboundRules = rules('outboundRules').flatMap((rule) =>
    listAt(rule, 'frontendIPConfigurations').flatMap((front) =>
      pooled(rule).map((privateIpAddress) => ({
        frontendIpAddress: fronts.get(textAt(front, 'id').toLowerCase()) ?? '',
        privateIpAddress,
      })),
    ),
  )
  if (inboundRules.length === 0 && outboundRules.length === 0 && [...pools.values()].every((pool) => pool.length === 0)) {
    return undefined
  }
  const pairs = [...inboundRules, ...outboundRules].map(({ frontendIpAddress, privateIpAddress }) => ({
    frontendIpAddress,
    privateIpAddress,
  }))
  const publicIpAddresses = [...new Map(pairs.map((pair) => [JSON.stringify(pair), pair])).values()]
  return { publicIpAddresses, inboundRules, outboundRules }
}

function configurations(properties: JsonObject): readonly { readonly name: string; readonly body: JsonObject }[] {
  return listAt(properties, 'ipConfigurations').map((one) => ({ name: textAt(one, 'name'), body: objectAt(one, 'properties') }))
}

function listAt(object: JsonObject, name: string): readonly JsonObject[] {
  const value = object[name]
  return Array.isArray(value) ? value.filter((one): one is JsonObject => typeof one === 'object' && one !== null) : []
}

function textAt(object: JsonObject, name: string): string {
  const value = object[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
