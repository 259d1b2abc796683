import type { Command } from 'commander'
import { apiVersions, groupOf, virtualMachinesPath } from '../../../api-client/index.ts'
import { resource, type Resource } from '../../../contracts/resource.ts'
import { UsageError } from '../../exit-codes.ts'
import type { Session } from '../../session/session.ts'

/** What names an extension: `-g`, `--vm-name` and `-n`, or `--ids` instead. */
export interface ExtensionOptions {
  readonly resourceGroup?: string
  readonly vmName?: string
  readonly name?: string
  readonly ids?: readonly string[]
}

const idPattern = /\/providers\/Microsoft\.Compute\/virtualMachines\/[^/]+\/extensions\/[^/]+$/i

/** Columns of the table that `az vm extension` prints. */
export const extensionColumns =
  '{Name:name, ProvisioningState:provisioningState, Publisher:publisher, Version:typeHandlerVersion, AutoUpgradeMinorVersion:autoUpgradeMinorVersion}'

export function addExtensionOptions(command: Command): Command {
  return command
    .option('-g, --resource-group <name>', 'name of the resource group')
    .option('--vm-name <name>', 'name of the virtual machine')
    .option('-n, --name <name>', 'name of the extension')
    .option('--ids <id...>', 'one or more resource ids of extensions, instead of the names')
}

/** ARM id of a machine by its names, in the account's subscription. */
export async function machineIdOf(session: Session, resourceGroup: string, vmName: string): Promise<string> {
  return `${virtualMachinesPath((await session.account()).id, resourceGroup)}/${encodeURIComponent(vmName)}`
}

/**
 * ARM ids of the extensions that the options name.
 * @throws UsageError when nothing is named, or an id is of another type
 */
export async function extensionIdsOf(session: Session, options: ExtensionOptions): Promise<readonly string[]> {
  const { resourceGroup, vmName, name, ids } = options
  if (ids === undefined) {
    if (resourceGroup === undefined || vmName === undefined || name === undefined)
      throw new UsageError('the following arguments are required: --resource-group/-g, --vm-name and --name/-n, or --ids')
    return [`${await machineIdOf(session, resourceGroup, vmName)}/extensions/${encodeURIComponent(name)}`]
  }
  if ((resourceGroup ?? vmName ?? name) !== undefined) throw new UsageError("'--ids' stands instead of the names.")
  const other = ids.find((id) => !idPattern.test(id))
  if (other !== undefined) throw new UsageError(`'${other}' is not the id of an extension of a virtual machine.`)
  return ids
}

/** The path with its version. */
export const extensionPath = (id: string): string => `${id}?api-version=${apiVersions.virtualMachines}`

/** An extension as `az` prints it: its properties beside its name, what has no value left out. */
export function describeExtension(value: unknown): Record<string, unknown> {
  const { properties, ...rest }: Resource = resource.parse(value)
  const { type: typePropertiesType, ...others } = properties ?? {}
  return { ...rest, ...others, resourceGroup: groupOf(rest.id), typePropertiesType }
}
