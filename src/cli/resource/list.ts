import { apiVersions, quoted, subscriptionPath } from '../../api-client/index.ts'
import { resources } from '../../contracts/resource.ts'
import { UsageError } from '../exit-codes.ts'
import { withGroup } from '../session/describe.ts'
import { tagFilter } from '../session/tag-filter.ts'
import { defineVerb } from '../verb.ts'

export interface ListOptions {
  readonly name?: string
  readonly resourceGroup?: string
  readonly resourceType?: string
  readonly tag?: string
  readonly location?: string
}

/** `lanyard resource list` */
export const list = defineVerb<ListOptions>({
  name: 'list',
  summary: 'List resources',
  examples: ["resource list -n web-1 --query '[*].identity.principalId' --out tsv", 'resource list -g lanyard -o table'],
  table: '[].{Name:name, ResourceGroup:resourceGroup, Location:location, Type:type, Status:provisioningState}',
  configure: (command) => {
    command
      .option('-n, --name <name>', 'name of the resource')
      .option('-g, --resource-group <name>', 'name of the resource group')
      .option('--resource-type <type>', 'for instance Microsoft.Compute/virtualMachines')
      .option('--tag <key[=value]>', 'a tag')
      .option('-l, --location <region>', 'region')
  },
  run: async (session, options) => {
    const query = new URLSearchParams({
      $expand: 'createdTime,changedTime,provisioningState',
      'api-version': apiVersions.resources,
    })
    const filter = listFilter(options)
    if (filter !== '') query.set('$filter', filter)
    const items = await session.arm.list(`${subscriptionPath((await session.account()).id)}/resources?${query}`)
    return resources.parse(items).map(withGroup)
  },
})

/** The OData filter of a list. @throws UsageError where Azure knows no such combination */
export function listFilter({ name, resourceGroup, resourceType, tag, location }: ListOptions): string {
  if (tag !== undefined) {
    if (name ?? resourceGroup ?? resourceType ?? location)
      throw new UsageError("you cannot use '--tag' with '--resource-group', '--name', '--resource-type' or '--location'")
    return tagFilter(tag)
  }
  const terms = Object.entries({ resourceGroup, name, location, resourceType })
  return terms.flatMap(([field, value]) => (value === undefined ? [] : [`${field} eq ${quoted(value)}`])).join(' and ')
}
