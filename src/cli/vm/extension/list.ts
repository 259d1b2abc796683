import { apiVersions } from '../../../api-client/index.ts'
import { defineVerb } from '../../verb.ts'
import { describeExtension, extensionColumns, machineIdOf } from './machine-extension.ts'

/** `lanyard vm extension list` */
export const list = defineVerb<{ readonly resourceGroup: string; readonly vmName: string }>({
  name: 'list',
  summary: 'List the extensions of a virtual machine',
  examples: ['vm extension list -g lanyard --vm-name web-1 -o table'],
  table: `[].${extensionColumns}`,
  configure: (command) => {
    command
      .requiredOption('-g, --resource-group <name>', 'name of the resource group')
      .requiredOption('--vm-name <name>', 'name of the virtual machine')
  },
  run: async (session, { resourceGroup, vmName }) => {
    const machine = await machineIdOf(session, resourceGroup, vmName)
    const found = await session.arm.list(`${machine}/extensions?api-version=${apiVersions.virtualMachines}`)
    return found.map(describeExtension)
  },
})
