// On one machine: which identity answers to each way of asking, or what the library throws. One line of JSON.
import { ResourceManagementClient } from '@azure/arm-resources'
import {
  DefaultAzureCredential,
  ManagedIdentityCredential,
  WorkloadIdentityCredential,
  type TokenCredential,
} from '@azure/identity'

const [resourceId = '', clientId = '', objectId = '', stranger = '', subscription = ''] = process.argv.slice(2)
const management = 'https://management.azure.com/.default'
const nobody = 'https://nobody.example/.default'

async function outcome(get: () => Promise<string | undefined>) {
  try {
    return await get()
  } catch (error) {
    return { failed: (error as Error).name, message: (error as Error).message }
  }
}

const identity = (make: () => TokenCredential, scope = management) =>
  outcome(async () => {
    const { token } = (await make().getToken(scope)) ?? { token: '' }
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { xms_mirid: string }
    return claims.xms_mirid.split('/').at(-1)
  })

const told: Record<string, unknown> = {
  system: await identity(() => new ManagedIdentityCredential()),
  clientId: await identity(() => new ManagedIdentityCredential({ clientId })),
  objectId: await identity(() => new ManagedIdentityCredential({ objectId })),
  resourceId: await identity(() => new ManagedIdentityCredential({ resourceId })),
  default: await identity(() => new DefaultAzureCredential()),
  read: await outcome(async () => {
    const client = new ResourceManagementClient(new DefaultAzureCredential(), subscription)
    return (await client.resources.getById(resourceId, '2023-01-31')).name
  }),
  unknownResource: await identity(() => new ManagedIdentityCredential(), nobody),
  stranger: await identity(() => new ManagedIdentityCredential({ clientId: stranger })),
}
if (process.env['AZURE_FEDERATED_TOKEN_FILE'] !== undefined) {
  told['workload'] = await identity(() => new WorkloadIdentityCredential())
  told['stranger'] = await identity(() => new WorkloadIdentityCredential({ clientId: stranger }))
  told['unknownResource'] = await identity(() => new WorkloadIdentityCredential(), nobody)
}
process.stdout.write(JSON.stringify(told))
