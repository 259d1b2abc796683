import { ComputeManagementClient, type VirtualMachine } from '@azure/arm-compute'
import { DefaultAzureCredential } from '@azure/identity'
import { all, identityId, outcome, subscriptionId, tell } from './story.ts'

const { virtualMachines } = new ComputeManagementClient(new DefaultAzureCredential(), subscriptionId)
const names = (items: readonly VirtualMachine[]) => items.map((item) => item.name)

const created = await virtualMachines.createOrUpdate('lanyard', 'sdk-vm', {
  location: 'westeurope',
  identity: { type: 'SystemAssigned' },
  hardwareProfile: { vmSize: 'Standard_B2s' },
  osProfile: { computerName: 'sdk-vm', adminUsername: 'azureuser' },
})
const both = await virtualMachines.update('lanyard', 'sdk-vm', {
  identity: { type: 'SystemAssigned, UserAssigned', userAssignedIdentities: { [identityId('app')]: {} } },
})
const off = await virtualMachines.update('lanyard', 'sdk-vm', { identity: { type: 'None' } })
tell({
  created,
  both: both.identity,
  off: off.identity ?? null,
  got: (await virtualMachines.get('lanyard', 'SDK-VM')).name,
  instanceView: (await virtualMachines.get('lanyard', 'sdk-vm', { expand: 'instanceView' })).instanceView?.statuses?.map(
    ({ code }) => code,
  ),
  inGroup: names(await all(virtualMachines.list('lanyard'))),
  everywhere: names(await all(virtualMachines.listAll())),
  unknownIdentity: await outcome(
    virtualMachines.update('lanyard', 'sdk-vm', {
      identity: { type: 'UserAssigned', userAssignedIdentities: { [identityId('nobody')]: {} } },
    }),
  ),
  deleted: await outcome(virtualMachines.delete('lanyard', 'sdk-vm')),
  after: await outcome(virtualMachines.get('lanyard', 'sdk-vm')),
})
