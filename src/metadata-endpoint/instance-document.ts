import type { MachineNetwork, NetworkInterface } from '../machines/machine-network.ts'
import type { MachineFacts } from '../machines/machine.ts'
import { listAt, objectAt, flagAt, textAt, textOf, type Properties } from './properties.ts'

/** What `/metadata/instance` is made of: every primitive is text, and absent data is empty text (wire.md D.1). */
export type InstanceNode = string | readonly InstanceNode[] | { readonly [name: string]: InstanceNode }

type VirtualMachine = MachineFacts['resource']

/** The whole document of a machine, as the newest api-version shows it. */
export function instanceDocument(machine: VirtualMachine, { interfaces }: MachineNetwork): InstanceNode {
  return { compute: compute(machine), network: { interface: interfaces.map(networkInterface) } }
}

function compute(machine: VirtualMachine): InstanceNode {
  const { properties } = machine
  const segments = machine.id.split('/')
  const osProfile = objectAt(properties, 'osProfile')
  const linux = objectAt(osProfile, 'linuxConfiguration')
  const security = objectAt(properties, 'securityProfile')
  const uefi = objectAt(security, 'uefiSettings')
  const storage = objectAt(properties, 'storageProfile')
  const image = objectAt(storage, 'imageReference')
  const scaleSetId = textAt(objectAt(properties, 'virtualMachineScaleSet'), 'id')
  const tags = Object.entries(machine.tags ?? {})
  const plan = machine.plan ?? {}
  return {
    additionalCapabilities: { hibernationEnabled: flagAt(objectAt(properties, 'additionalCapabilities'), 'hibernationEnabled') },
    azEnvironment: 'AzurePublicCloud',
    customData: '',
    evictionPolicy: textAt(properties, 'evictionPolicy'),
    extendedLocation: { name: '', type: '' },
    host: { id: textAt(objectAt(properties, 'host'), 'id') },
    hostGroup: { id: textAt(objectAt(properties, 'hostGroup'), 'id') },
    isHostCompatibilityLayerVm: 'false',
    licenseType: textAt(properties, 'licenseType'),
    location: machine.location ?? '',
    name: segments.at(-1) ?? '',
    offer: textAt(image, 'offer'),
    osProfile: {
      adminUsername: textAt(osProfile, 'adminUsername'),
      computerName: textAt(osProfile, 'computerName'),
      disablePasswordAuthentication: flagAt(linux, 'disablePasswordAuthentication'),
    },
    osType: operatingSystem(storage, osProfile),
    physicalZone: '',
    placementGroupId: '',
    plan: { name: textAt(plan, 'name'), product: textAt(plan, 'product'), publisher: textAt(plan, 'publisher') },
    platformFaultDomain: textAt(properties, 'platformFaultDomain') || '0',
    platformSubFaultDomain: '',
    platformUpdateDomain: '0',
    priority: textAt(properties, 'priority'),
    provider: 'Microsoft.Compute',
    publicKeys: listAt(objectAt(linux, 'ssh'), 'publicKeys').map((key) => ({
      keyData: textAt(key, 'keyData'),
      path: textAt(key, 'path'),
    })),
    publisher: textAt(image, 'publisher'),
    resourceGroupName: segments[4] ?? '',
    resourceId: machine.id,
    securityProfile: {
      encryptionAtHost: flagAt(security, 'encryptionAtHost'),
      secureBootEnabled: flagAt(uefi, 'secureBootEnabled'),
      securityType: textAt(security, 'securityType'),
      virtualTpmEnabled: flagAt(uefi, 'vTpmEnabled'),
    },
    sku: textAt(image, 'sku'),
    storageProfile: {
      dataDisks: listAt(storage, 'dataDisks').map(dataDisk),
      imageReference: {
        communityGalleryImageId: textAt(image, 'communityGalleryImageId'),
        exactVersion: textAt(image, 'exactVersion'),
        id: textAt(image, 'id'),
        offer: textAt(image, 'offer'),
        publisher: textAt(image, 'publisher'),
        sharedGalleryImageId: textAt(image, 'sharedGalleryImageId'),
        sku: textAt(image, 'sku'),
        version: textAt(image, 'version'),
      },
      osDisk: osDisk(objectAt(storage, 'osDisk'), operatingSystem(storage, osProfile)),
      resourceDisk: { size: '' },
    },
    subscriptionId: segments[2] ?? '',
    tags: tags.map(([name, value]) => `${name}:${value}`).join(';'),
    tagsList: tags.map(([name, value]) => ({ name, value })),
    userData: textAt(properties, 'userData'),
    version: textAt(image, 'version'),
    virtualMachineScaleSet: { id: scaleSetId },
    vmId: textAt(properties, 'vmId'),
    vmScaleSetName: scaleSetId.split('/').at(-1) ?? '',
    vmSize: textAt(objectAt(properties, 'hardwareProfile'), 'vmSize'),
    zone: textOf(machine.zones?.[0]),
  }
}

/** The disk says it when it was made from an image; otherwise the kind of configuration does. */
function operatingSystem(storage: Properties, osProfile: Properties): string {
  const said = textAt(objectAt(storage, 'osDisk'), 'osType')
  if (said !== '') return said
  if (osProfile['linuxConfiguration'] !== undefined) return 'Linux'
  return osProfile['windowsConfiguration'] === undefined ? '' : 'Windows'
}

function anyDisk(disk: Properties): { readonly [name: string]: InstanceNode } {
  const managed = objectAt(disk, 'managedDisk')
  return {
    caching: textAt(disk, 'caching'),
    createOption: textAt(disk, 'createOption'),
    diskSizeGB: textAt(disk, 'diskSizeGB'),
    image: { uri: textAt(objectAt(disk, 'image'), 'uri') },
    managedDisk: { id: textAt(managed, 'id'), storageAccountType: textAt(managed, 'storageAccountType') },
    name: textAt(disk, 'name'),
    vhd: { uri: textAt(objectAt(disk, 'vhd'), 'uri') },
    writeAcceleratorEnabled: flagAt(disk, 'writeAcceleratorEnabled'),
  }
}

function osDisk(disk: Properties, osType: string): InstanceNode {
  return {
    ...anyDisk(disk),
    diffDiskSettings: { option: textAt(objectAt(disk, 'diffDiskSettings'), 'option') },
    encryptionSettings: { enabled: flagAt(objectAt(disk, 'encryptionSettings'), 'enabled') },
    osType,
  }
}

function dataDisk(disk: Properties): InstanceNode {
  const gigabytes = textAt(disk, 'diskSizeGB')
  return {
    ...anyDisk(disk),
    bytesPerSecondThrottle: '',
    diskCapacityBytes: gigabytes === '' ? '' : String(Number(gigabytes) * 1024 ** 3),
    isSharedDisk: 'false',
    isUltraDisk: String(textAt(objectAt(disk, 'managedDisk'), 'storageAccountType') === 'UltraSSD_LRS'),
    lun: textAt(disk, 'lun'),
    opsPerSecondThrottle: '',
  }
}

function networkInterface({ addresses, subnets, macAddress }: NetworkInterface): InstanceNode {
  return { ipv4: { ipAddress: addresses, subnet: subnets }, ipv6: { ipAddress: [] }, macAddress }
}
