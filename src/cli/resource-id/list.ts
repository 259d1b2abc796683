import { Option } from 'commander'
import { resourceIds } from '../../azure-services/resource-ids.ts'
import { clouds, type Cloud } from '../../azure-services/service-resource-id.ts'
import { UsageError } from '../exit-codes.ts'
import { defineVerb } from '../verb.ts'

interface ListOptions {
  readonly cloud?: Cloud
  readonly service?: string
}

/** `lanyard resource-ids list`: asks nobody, so it works without a sign-in and without a platform. */
export const list = defineVerb<ListOptions>({
  name: 'list',
  summary: 'List the ids by which tokens of Azure services are asked for',
  examples: [
    'resource-ids list -o table',
    'resource-ids list --service "key vault" --cloud AzureCloud --query "[0].resourceId" -o tsv',
  ],
  table: '[].{Service:service, ResourceId:resourceId, Cloud:cloud}',
  configure: (command) => {
    command
      .addOption(new Option('--cloud <name>', `of this cloud alone: ${clouds.join(', ')}`).argParser(readCloud))
      .option('--service <text>', 'services whose name has this text in it')
  },
  run: async (_session, { cloud, service }) => {
    const wanted = service?.toLowerCase()
    return resourceIds.filter(
      (row) => (cloud === undefined || row.cloud === cloud) && (!wanted || row.service.toLowerCase().includes(wanted)),
    )
  },
})

function readCloud(text: string): Cloud {
  const cloud = clouds.find((each) => each.toLowerCase() === text.toLowerCase())
  if (!cloud) throw new UsageError(`argument --cloud: there is no cloud '${text}'. There are ${clouds.join(', ')}.`)
  return cloud
}
