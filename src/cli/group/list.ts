import { apiVersions, subscriptionPath } from '../../api-client/index.ts'
import { tagFilter } from '../session/tag-filter.ts'
import { defineVerb } from '../verb.ts'

/** `lanyard group list` */
export const list = defineVerb<{ readonly tag?: string }>({
  name: 'list',
  summary: 'List the resource groups',
  examples: ['group list -o table', 'group list --tag env=dev'],
  table: '[].{Name:name, Location:location, Status:properties.provisioningState}',
  configure: (command) => {
    command.option('--tag <key[=value]>', 'a tag')
  },
  run: async (session, { tag }) => {
    const query = new URLSearchParams({
      'api-version': apiVersions.groups,
      ...(tag !== undefined && { $filter: tagFilter(tag) }),
    })
    return session.arm.list(`${subscriptionPath((await session.account()).id)}/resourcegroups?${query}`)
  },
})
