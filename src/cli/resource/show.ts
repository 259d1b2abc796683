import { groupPath, newestApiVersion } from '../../api-client/index.ts'
import { resource } from '../../contracts/resource.ts'
import { UsageError } from '../exit-codes.ts'
import { withGroup } from '../session/describe.ts'
import type { Session } from '../session/session.ts'
import { defineVerb } from '../verb.ts'

interface ShowOptions {
  readonly ids?: readonly string[]
  readonly resourceGroup?: string
  readonly name?: string
  readonly resourceType?: string
  readonly apiVersion?: string
}

/** `lanyard resource show` */
export const show = defineVerb<ShowOptions>({
  name: 'show',
  summary: 'Show a resource',
  examples: ['resource show -g lanyard -n web-1 --resource-type Microsoft.Compute/virtualMachines', 'resource show --ids ID'],
  configure: (command) => {
    command
      .option('--ids <id...>', 'one or more resource ids')
      .option('-g, --resource-group <name>', 'name of the resource group')
      .option('-n, --name <name>', 'name of the resource')
      .option('--resource-type <type>', 'for instance Microsoft.Compute/virtualMachines')
      .option('--api-version <version>', "version of the resource's API; the newest one when left out")
  },
  run: async (session, options) => {
    const ids = options.ids ?? [await idOf(session, options)]
    const found = await Promise.all(
      ids.map(async (id) => {
        const version = options.apiVersion ?? (await newestApiVersion(session.arm, id))
        return withGroup(resource.parse(await session.arm.call({ method: 'GET', path: `${id}?api-version=${version}` })))
      }),
    )
    return found.length === 1 ? found[0] : found
  },
})

async function idOf(session: Session, { resourceGroup, name, resourceType }: ShowOptions): Promise<string> {
  if (resourceGroup === undefined || name === undefined || resourceType === undefined) {
    throw new UsageError("Give '--ids', or '--resource-group', '--name' and '--resource-type'.")
  }
  return `${groupPath((await session.account()).id, resourceGroup)}/providers/${resourceType}/${encodeURIComponent(name)}`
}
