import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { apiVersions, subscriptionPath } from '../../../api-client/index.ts'
import { namedItems, resource } from '../../../contracts/resource.ts'
import { CommandFailedError, UsageError } from '../../exit-codes.ts'
import type { Session } from '../../session/session.ts'
import { defineVerb } from '../../verb.ts'
import { machinePath } from '../machine.ts'
import { describeExtension, extensionPath, machineIdOf } from './machine-extension.ts'

interface SetOptions {
  readonly resourceGroup: string
  readonly vmName: string
  readonly name: string
  readonly publisher: string
  readonly extensionInstanceName?: string
  readonly version?: string
  readonly settings?: string
  readonly protectedSettings?: string
  readonly autoUpgradeMinorVersion: boolean
  readonly forceUpdate?: boolean
}

/** `lanyard vm extension set` */
export const set = defineVerb<SetOptions>({
  name: 'set',
  summary: 'Deploy an extension to a virtual machine, or deploy it again',
  examples: [
    'vm extension set -g lanyard --vm-name web-1 -n ManagedIdentityExtensionForLinux --publisher Microsoft.ManagedIdentity',
    `vm extension set -g lanyard --vm-name web-1 -n ManagedIdentityExtensionForLinux --publisher Microsoft.ManagedIdentity --settings '{"port": 50343}'`,
  ],
  configure: (command) => {
    command
      .requiredOption('-g, --resource-group <name>', 'name of the resource group')
      .requiredOption('--vm-name <name>', 'name of the virtual machine')
      .requiredOption('-n, --name <name>', 'type of the extension')
      .requiredOption('--publisher <name>', 'its publisher')
      .option('--extension-instance-name <name>', 'its name on the machine; its type when left out')
      .option('--version <version>', 'its version; the newest when left out')
      .option('--settings <json>', 'its settings: JSON, or the name of a file with JSON')
      .option('--protected-settings <json>', 'settings that are not shown again')
      .option('--no-auto-upgrade-minor-version', 'keep this version')
      .option('--force-update', 'deploy it again although nothing has changed')
  },
  run: async (session, options) => {
    const { resourceGroup, vmName, name, publisher, extensionInstanceName = name, autoUpgradeMinorVersion } = options
    const machine = await machineIdOf(session, resourceGroup, vmName)
    const { location = '' } = resource.parse(await session.arm.call({ method: 'GET', path: machinePath(machine) }))
    const [settings, protectedSettings] = await Promise.all([
      readSettings(session, options.settings, '--settings'),
      readSettings(session, options.protectedSettings, '--protected-settings'),
    ])
    const version = options.version ?? (await newestVersion(session, { publisher, name, location }))
    const properties = {
      publisher,
      type: name,
      typeHandlerVersion: version.split('.').slice(0, 2).join('.'),
      autoUpgradeMinorVersion,
      ...(settings && { settings }),
      ...(protectedSettings && { protectedSettings }),
      ...(options.forceUpdate && { forceUpdateTag: session.io.newGuid() }),
    }
    const id = `${machine}/extensions/${encodeURIComponent(extensionInstanceName)}`
    const path = extensionPath(id)
    return describeExtension(await session.arm.callAndWait({ method: 'PUT', path, body: { location, properties } }))
  },
})

/** @throws CommandFailedError when the extension has no version */
async function newestVersion(
  session: Session,
  { publisher, name, location }: { publisher: string; name: string; location: string },
): Promise<string> {
  const subscription = subscriptionPath((await session.account()).id)
  const types = `${subscription}/providers/Microsoft.Compute/locations/${location}/publishers/${encodeURIComponent(publisher)}/artifacttypes/vmextension/types`
  const path = `${types}/${encodeURIComponent(name)}/versions?api-version=${apiVersions.virtualMachines}`
  const found = namedItems.parse(await session.arm.call({ method: 'GET', path })).map((version) => version.name)
  const newest = found.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1)
  if (newest === undefined) throw new CommandFailedError(`Failed to find the latest version for the extension "${name}"`)
  return newest
}

/** @throws UsageError when it is neither JSON nor the name of a file that holds some */
async function readSettings(session: Session, text: string | undefined, option: string): Promise<object | undefined> {
  if (text === undefined) return undefined
  const content = /^\s*\{/.test(text)
    ? text
    : await readFile(path.resolve(session.io.cwd, text.replace(/^@/, '')), 'utf8').catch(() => {
        throw new UsageError(`argument ${option}: '${text}' is neither a JSON object nor a file that can be read.`)
      })
  try {
    const value: unknown = JSON.parse(content)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new UsageError(`argument ${option}: a JSON object is wanted, for instance {"port": 50342}.`)
}
