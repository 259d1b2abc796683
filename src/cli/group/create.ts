import { apiVersions, groupPath } from '../../api-client/index.ts'
import { parseKeyValues } from '../session/key-values.ts'
import { defineVerb } from '../verb.ts'

interface CreateOptions {
  readonly name: string
  readonly location: string
  readonly tags?: readonly string[]
}

/** `lanyard group create` */
export const create = defineVerb<CreateOptions>({
  name: 'create',
  summary: 'Create a resource group',
  examples: ['group create -n lanyard -l westeurope'],
  configure: (command) => {
    command
      .requiredOption('-n, --name <name>', 'name of the resource group')
      .requiredOption('-l, --location <region>', 'its region')
      .option('--tags <key=value...>', 'its tags')
  },
  run: async (session, { name, location, tags }) =>
    session.arm.call({
      method: 'PUT',
      path: `${groupPath((await session.account()).id, name)}?api-version=${apiVersions.groups}`,
      body: { location, ...(tags && { tags: parseKeyValues(tags) }) },
    }),
})
