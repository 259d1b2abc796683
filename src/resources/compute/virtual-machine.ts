import { InvalidResourceInputError } from '../errors.ts'
import { objectAt } from '../json-merge-patch.ts'
import type { JsonObject } from '../resource.ts'
import type { Completion, ResourceKind } from '../resource-kind.ts'

const ubuntu = { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' }

/** Azure's rule, which its message quotes with the hyphen in a place where this language takes it for a range. */
const machineName = /^[^_\W][\w.-]{0,79}(?<![-.])$/

/**
 * `Microsoft.Compute/virtualMachines`: fills in what clients show of a machine (wire.md F.5, last paragraph), so that a body
 * that holds a location alone makes a machine. No network interface is made up: clients would follow its id and find nothing.
 */
export const virtualMachineKind: ResourceKind = {
  type: 'Microsoft.Compute/virtualMachines',
  needsLocation: true,
  mayHaveIdentity: true,
  checkName({ name }) {
    if (machineName.test(name)) return
    throw new InvalidResourceInputError(
      'InvalidParameter',
      `The entity name '${name}' is invalid according to its validation rule: ^[^_\\W][\\w-._]{0,79}(?<![-.])$.`,
    )
  },
  async complete(completion) {
    const { properties, current, now, newGuid } = completion
    const known = current?.properties['vmId']
    const vmId = typeof known === 'string' ? known : newGuid()
    const storageProfile = completeStorage(completion, vmId)
    const osDisk = objectAt(storageProfile, 'osDisk')
    const { osProfile: _sent, instanceView: _shown, ...rest } = properties
    return {
      ...rest,
      vmId,
      hardwareProfile: { vmSize: 'Standard_B2s', ...objectAt(properties, 'hardwareProfile') },
      storageProfile,
      // A machine that boots from a disk of its own has no osProfile.
      ...(osDisk['createOption'] !== 'Attach' && { osProfile: completeOsProfile(completion, osDisk['osType'] === 'Windows') }),
      networkProfile: { networkInterfaces: [], ...objectAt(properties, 'networkProfile') },
      provisioningState: 'Succeeded',
      timeCreated: current?.properties['timeCreated'] ?? new Date(now).toISOString(),
    }
  },
}

function completeStorage({ id, properties }: Completion, vmId: string): JsonObject {
  const sent = objectAt(properties, 'storageProfile')
  const image = 'imageReference' in sent ? objectAt(sent, 'imageReference') : undefined
  const disk = objectAt(sent, 'osDisk')
  const name = typeof disk['name'] === 'string' ? disk['name'] : `${id.name}_OsDisk_1_${vmId.replaceAll('-', '')}`
  const group = `/subscriptions/${id.subscriptionId ?? ''}/resourceGroups/${id.resourceGroup ?? ''}`
  return {
    ...sent,
    ...(disk['createOption'] !== 'Attach' && { imageReference: image ?? ubuntu }),
    osDisk: {
      osType: 'windowsConfiguration' in objectAt(properties, 'osProfile') || isWindowsImage(image) ? 'Windows' : 'Linux',
      createOption: 'FromImage',
      caching: 'ReadWrite',
      deleteOption: 'Detach',
      diskSizeGB: 30,
      ...disk,
      name,
      managedDisk: {
        storageAccountType: 'Premium_LRS',
        id: `${group}/providers/Microsoft.Compute/disks/${name}`,
        ...objectAt(disk, 'managedDisk'),
      },
    },
    dataDisks: Array.isArray(sent['dataDisks']) ? sent['dataDisks'] : [],
  }
}

function isWindowsImage(image: JsonObject | undefined): boolean {
  const publisher = image?.['publisher']
  return typeof publisher === 'string' && publisher.toLowerCase().startsWith('microsoftwindows')
}

/** The password and the custom data are write-only in Azure; here they are not even kept. */
function completeOsProfile({ id, properties }: Completion, isWindows: boolean): JsonObject {
  const { adminPassword, customData: _custom, ...sent } = objectAt(properties, 'osProfile')
  const windows = { provisionVMAgent: true, enableAutomaticUpdates: true, ...objectAt(sent, 'windowsConfiguration') }
  const linux = {
    disablePasswordAuthentication: adminPassword === undefined,
    provisionVMAgent: true,
    ...objectAt(sent, 'linuxConfiguration'),
  }
  return {
    computerName: isWindows ? id.name.slice(0, 15) : id.name,
    adminUsername: 'azureuser',
    secrets: [],
    allowExtensionOperations: true,
    ...sent,
    ...(isWindows ? { windowsConfiguration: windows } : { linuxConfiguration: linux }),
  }
}
