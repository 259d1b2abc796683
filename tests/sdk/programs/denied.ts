// As an application that is Contributor of one group: what it may not do.
import { AuthorizationManagementClient } from '@azure/arm-authorization'
import { ResourceManagementClient } from '@azure/arm-resources'
import { EnvironmentCredential } from '@azure/identity'
import { all, groupId, outcome, subscriptionId, tell } from './story.ts'

const credential = new EnvironmentCredential()
const { roleAssignments } = new AuthorizationManagementClient(credential, subscriptionId)
const { resourceGroups, resources } = new ResourceManagementClient(credential, subscriptionId)
tell({
  client: process.env['AZURE_CLIENT_ID'],
  assign: await outcome(
    roleAssignments.create(groupId, '6c616e79-6172-4400-8000-0000000000f4', {
      roleDefinitionId: `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`,
      principalId: '6c616e79-6172-4400-8000-00000000dead',
      principalType: 'ServicePrincipal',
    }),
  ),
  otherGroup: await outcome(resourceGroups.createOrUpdate('not-mine', { location: 'westeurope' })),
  groups: (await all(resourceGroups.list())).map(({ name }) => name),
  resources: (await all(resources.list())).map(({ name }) => name),
})
