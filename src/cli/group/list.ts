import { apiVersions, subscriptionPath } from '../../api-client/index.ts'
import { defineVerb } from '../verb.ts'

const version = `?api-version=${apiVersions.groups}`

/** `lanyard group list` */
export const list = defineVerb({
  name: 'list',
  summary: 'List the resource groups',
  examples: ['group list -o table'],
  table: '[].{Name:name, Location:location, Status:properties.provisioningState}',
  run: async (session) => session.arm.list(`${subscriptionPath((await session.account()).id)}/resourcegroups${version}`),
})
