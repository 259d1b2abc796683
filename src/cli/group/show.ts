import { apiVersions, groupPath } from '../../api-client/index.ts'
import { resource } from '../../contracts/resource.ts'
import { defineVerb } from '../verb.ts'

const version = `?api-version=${apiVersions.groups}`

/** `lanyard group show` */
export const show = defineVerb<{ readonly name: string }>({
  name: 'show',
  summary: 'Show a resource group',
  examples: ['group show -n lanyard'],
  configure: (command) => {
    command.requiredOption('-n, --name <name>', 'name of the resource group')
  },
  run: async (session, { name }) =>
    resource.parse(await session.arm.call({ method: 'GET', path: `${groupPath((await session.account()).id, name)}${version}` })),
})
