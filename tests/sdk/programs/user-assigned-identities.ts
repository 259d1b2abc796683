import { ManagedServiceIdentityClient } from '@azure/arm-msi'
import { DefaultAzureCredential } from '@azure/identity'
import { all, outcome, subscriptionId, tell } from './story.ts'

const client = new ManagedServiceIdentityClient(new DefaultAzureCredential(), subscriptionId)
const identities = client.userAssignedIdentities

const created = await identities.createOrUpdate('lanyard', 'made-by-sdk', { location: 'westeurope' })
tell({
  created,
  again: (await identities.createOrUpdate('lanyard', 'made-by-sdk', { location: 'westeurope' })).principalId,
  tagged: (await identities.update('lanyard', 'made-by-sdk', { tags: { team: 'a' } })).tags,
  got: (await identities.get('lanyard', 'Made-By-Sdk')).clientId,
  inGroup: (await all(identities.listByResourceGroup('lanyard'))).map(({ name }) => name),
  everywhere: (await all(identities.listBySubscription())).length,
  ofMachine: await outcome(
    client.systemAssignedIdentities.getByScope(
      `subscriptions/${subscriptionId}/resourceGroups/lanyard/providers/Microsoft.Compute/virtualMachines/web-1`,
    ),
  ),
  deleted: await outcome(identities.delete('lanyard', 'made-by-sdk')),
  after: await outcome(identities.get('lanyard', 'made-by-sdk')),
})
