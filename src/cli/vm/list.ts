import { apiVersions, virtualMachinesPath } from '../../api-client/index.ts'
import { resources } from '../../contracts/resource.ts'
import { flattened } from '../session/describe.ts'
import { defineVerb } from '../verb.ts'

/** `lanyard vm list` */
export const list = defineVerb<{ readonly resourceGroup?: string }>({
  name: 'list',
  summary: 'List virtual machines',
  examples: ['vm list -o table', 'vm list -g lanyard'],
  table: "[].{Name:name, ResourceGroup:resourceGroup, Location:location, Zones:join(' ', zones || `[]`)}",
  configure: (command) => {
    command.option('-g, --resource-group <name>', 'name of the resource group')
  },
  run: async (session, { resourceGroup }) => {
    const path = `${virtualMachinesPath((await session.account()).id, resourceGroup)}?api-version=${apiVersions.virtualMachines}`
    return resources.parse(await session.arm.list(path)).map(flattened)
  },
})
