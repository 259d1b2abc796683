import { ResourceManagementClient } from '@azure/arm-resources'
import { DefaultAzureCredential } from '@azure/identity'
import { all, outcome, subscriptionId, tell } from './story.ts'

const client = new ResourceManagementClient(new DefaultAzureCredential(), subscriptionId)
const group = 'sdk-group'
const account = { provider: 'Microsoft.Storage', type: 'storageAccounts', name: 'sdkaccount', version: '2023-05-01' }
const { provider, type, name, version } = account
const names = (items: readonly { name?: string }[]) => items.map((item) => item.name)

const created = await client.resourceGroups.createOrUpdate(group, { location: 'northeurope', tags: { made: 'by sdk' } })
const resource = await client.resources.beginCreateOrUpdateAndWait(group, provider, '', type, name, version, {
  location: 'northeurope',
  sku: { name: 'Standard_LRS' },
  kind: 'StorageV2',
  properties: { supportsHttpsTrafficOnly: true },
})
const pages: (string | undefined)[][] = []
for await (const page of client.resources.list({ top: 1 }).byPage()) pages.push(names(page))
tell({
  created,
  resource,
  groups: names(await all(client.resourceGroups.list())),
  exists: (await client.resourceGroups.checkExistence(group)).body,
  missing: (await client.resourceGroups.checkExistence('no-such-group')).body,
  patched: (await client.resourceGroups.update(group, { tags: { made: 'again' } })).tags,
  inGroup: names(await all(client.resources.listByResourceGroup(group))),
  byName: (await all(client.resources.list({ filter: "name eq 'web-1'" }))).map(({ identity }) => identity?.principalId),
  byType: names(await all(client.resources.list({ filter: "resourceType eq 'Microsoft.Storage/storageAccounts'" }))),
  expanded: (await all(client.resources.list({ filter: "name eq 'sdkaccount'", expand: 'createdTime,changedTime' }))).map(
    ({ createdTime, changedTime }) => [typeof createdTime, typeof changedTime],
  ),
  pages,
  byId: (await client.resources.getById(resource.id ?? '', version)).sku?.name,
  badFilter: await outcome(all(client.resources.list({ filter: 'nonsense' }))),
  notFound: await outcome(client.resources.get('lanyard', provider, '', type, 'nobody', version)),
  groupNotFound: await outcome(client.resourceGroups.get('no-such-group')),
  deleted: await outcome(client.resources.beginDeleteAndWait(group, provider, '', type, name, version)),
  groupDeleted: await outcome(client.resourceGroups.beginDeleteAndWait(group)),
  after: await outcome(client.resourceGroups.get(group)),
  providers: (await client.providers.get('Microsoft.Compute')).registrationState,
})
