import { AuthorizationManagementClient } from '@azure/arm-authorization'
import { ManagedServiceIdentityClient } from '@azure/arm-msi'
import { DefaultAzureCredential } from '@azure/identity'
import { all, groupId, outcome, subscriptionId, tell } from './story.ts'

const credential = new DefaultAzureCredential()
const { roleDefinitions, roleAssignments } = new AuthorizationManagementClient(credential, subscriptionId)
const { principalId = '' } = await new ManagedServiceIdentityClient(credential, subscriptionId).userAssignedIdentities.get(
  'lanyard',
  'unassigned',
)
const [reader] = await all(roleDefinitions.list(groupId, { filter: "roleName eq 'Reader'" }))
const roleDefinitionId = reader?.id ?? ''
const name = '6c616e79-6172-4400-8000-0000000000f1'
const body = { roleDefinitionId, principalId, principalType: 'ServicePrincipal' }

const created = await roleAssignments.create(groupId, name, body)
const ofPrincipal = await all(roleAssignments.listForScope(groupId, { filter: `principalId eq '${principalId}'` }))
tell({
  principalId,
  reader,
  created,
  again: (await roleAssignments.create(groupId, name, body)).name,
  otherName: await outcome(roleAssignments.create(groupId, '6c616e79-6172-4400-8000-0000000000f2', body)),
  ofPrincipal: ofPrincipal.map((assignment) => assignment.name),
  atScope: (await all(roleAssignments.listForScope(groupId, { filter: 'atScope()' }))).map(({ scope }) => scope),
  assignedTo: (await all(roleAssignments.listForSubscription({ filter: `assignedTo('${principalId}')` }))).length,
  byId: (await roleAssignments.getById(created.id ?? '')).principalId,
  noPrincipal: await outcome(
    roleAssignments.create(groupId, '6c616e79-6172-4400-8000-0000000000f3', {
      ...body,
      principalId: '6c616e79-6172-4400-8000-00000000dead',
    }),
  ),
  deleted: (await roleAssignments.delete(groupId, name)).name,
  after: await outcome(roleAssignments.get(groupId, name)),
})
