import { apiVersions } from '../../api-client/api-versions.ts'
import { machineExtensions, type MachineExtension } from '../../contracts/machine-extension.ts'
import { page, type Resource } from '../../contracts/resource.ts'
import type { Platform } from './platform.ts'
import { encodePath } from './resources.ts'

const version = `api-version=${apiVersions.virtualMachines}`

export const managedIdentityPublisher = 'Microsoft.ManagedIdentity'

/** The extensions of a virtual machine with what the machine reported of them. @param machineId ARM id */
export async function listExtensions({ arm }: Platform, machineId: string): Promise<MachineExtension[]> {
  const path = `${encodePath(machineId)}/extensions?$expand=instanceView&${version}`
  return machineExtensions.parse(page.parse(await arm.call({ method: 'GET', path })).value)
}

/** What the machine reported when an extension failed; undefined when it did not, or said nothing. */
export function extensionFailure({ properties }: MachineExtension): string | undefined {
  if (properties.provisioningState !== 'Failed') return undefined
  return properties.instanceView?.statuses?.find(({ level }) => level === 'Error')?.message ?? undefined
}

/** Whether an extension is the managed-identity one, by which `localhost:50342` answers. */
export function isManagedIdentityExtension({ properties }: Pick<MachineExtension, 'properties'>): boolean {
  return properties.publisher.toLowerCase() === managedIdentityPublisher.toLowerCase()
}

/** What the managed-identity extension of a machine is called: one for each operating system. */
export function managedIdentityExtensionName({ properties }: Pick<Resource, 'properties'>): string {
  const text = JSON.stringify(properties?.['storageProfile'] ?? {})
  return `ManagedIdentityExtensionFor${/"osType":"Windows"/i.test(text) ? 'Windows' : 'Linux'}`
}

/** Deploys the managed-identity extension, and waits for its end. @throws ApiError VMExtensionProvisioningError */
export async function deployManagedIdentityExtension({ arm }: Platform, machine: Resource): Promise<void> {
  const name = managedIdentityExtensionName(machine)
  await arm.callAndWait({
    method: 'PUT',
    path: `${encodePath(machine.id)}/extensions/${name}?${version}`,
    body: {
      location: machine.location,
      properties: {
        publisher: managedIdentityPublisher,
        type: name,
        typeHandlerVersion: '1.0',
        autoUpgradeMinorVersion: true,
        settings: { port: 50342 },
      },
    },
  })
}

/** Deploys an extension again as it stands, and waits for its end. @throws ApiError VMExtensionProvisioningError */
export async function redeployExtension({ arm }: Platform, extension: MachineExtension): Promise<void> {
  const { instanceView: _shown, provisioningState: _state, ...properties } = extension.properties
  await arm.callAndWait({
    method: 'PUT',
    path: `${encodePath(extension.id)}?${version}`,
    body: { location: extension.location, properties: { ...properties, forceUpdateTag: crypto.randomUUID() } },
  })
}

/** Takes an extension off its machine. @param id ARM id */
export async function uninstallExtension({ arm }: Platform, id: string): Promise<void> {
  await arm.callAndWait({ method: 'DELETE', path: `${encodePath(id)}?${version}` })
}
