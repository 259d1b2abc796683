import { apiVersions, identitiesPath } from '../../api-client/index.ts'
import { resources } from '../../contracts/resource.ts'
import { flattened } from '../session/describe.ts'
import { defineVerb } from '../verb.ts'

/** `lanyard identity list` */
export const list = defineVerb<{ readonly resourceGroup?: string }>({
  name: 'list',
  summary: 'List user-assigned identities',
  examples: ['identity list -o table', 'identity list -g lanyard'],
  configure: (command) => {
    command.option('-g, --resource-group <name>', 'name of the resource group')
  },
  run: async (session, { resourceGroup }) => {
    const path = `${identitiesPath((await session.account()).id, resourceGroup)}?api-version=${apiVersions.identities}`
    return resources.parse(await session.arm.list(path)).map(flattened)
  },
})
