import type { ServicePrincipal } from '../../../src/directory/service-principal.ts'
import type { MachineFacts, MachineIdentity } from '../../../src/machines/machine.ts'

export const tenantId = '11111111-1111-4111-8111-111111111111'
const group = '/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/Web-RG'
export const vmId = `${group}/providers/Microsoft.Compute/virtualMachines/web-1`
export const uaiId = (name: string) => `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`

function principal(digit: string, managedBy: string, kind: ServicePrincipal['kind']): ServicePrincipal {
  const guid = (first: string) => `${first.repeat(8)}-0000-4000-8000-${digit.repeat(12)}`
  return { objectId: guid('a'), clientId: guid('c'), displayName: digit, kind, managedBy, createdAt: 0 }
}
export const system: MachineIdentity = { principal: principal('1', vmId, 'systemAssigned'), userAssignedId: undefined }
export const first: MachineIdentity = {
  principal: principal('2', uaiId('First'), 'userAssigned'),
  userAssignedId: uaiId('First'),
}
export const second: MachineIdentity = {
  principal: principal('3', uaiId('second'), 'userAssigned'),
  userAssignedId: uaiId('second'),
}

export const machine: MachineFacts['resource'] = {
  id: vmId,
  location: 'westeurope',
  tags: { env: 'test', team: 'web' },
  kind: undefined,
  managedBy: undefined,
  sku: undefined,
  plan: undefined,
  zones: ['2'],
  identity: undefined,
  properties: {
    vmId: '33333333-3333-4333-8333-333333333333',
    hardwareProfile: { vmSize: 'Standard_B1s' },
    osProfile: {
      adminUsername: 'azureuser',
      computerName: 'web-1',
      linuxConfiguration: { disablePasswordAuthentication: true, ssh: { publicKeys: [{ path: '/p', keyData: 'ssh-rsa A' }] } },
    },
    storageProfile: {
      imageReference: { publisher: 'Canonical', offer: 'ubuntu', sku: 'server', version: 'latest' },
      osDisk: { osType: 'Linux', diskSizeGB: 30, managedDisk: { storageAccountType: 'Premium_LRS' } },
      dataDisks: [{ lun: 0, diskSizeGB: 1, managedDisk: { storageAccountType: 'UltraSSD_LRS' } }],
    },
    networkProfile: { networkInterfaces: [{ id: `${group}/providers/Microsoft.Network/networkInterfaces/nic` }] },
  },
  createdAt: 0,
  changedAt: 0,
}
