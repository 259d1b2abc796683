import { worldSchema } from '../../../src/world/world-schema.ts'
import { defaultSubscriptionId } from '../../../src/world/default-world.ts'

/** A small shop: something of everything that the portal shows. */
export const shopWorld = worldSchema.parse({
  subscriptions: [
    {
      name: 'Shop',
      id: defaultSubscriptionId,
      resourceGroups: [
        {
          name: 'lanyard',
          tags: { team: 'storefront' },
          userAssignedIdentities: [
            {
              name: 'orders',
              federatedCredentials: [
                {
                  name: 'main',
                  issuer: 'https://token.actions.githubusercontent.com',
                  subject: 'repo:shop/orders:ref:refs/heads/main',
                },
              ],
            },
            { name: 'reports' },
          ],
          virtualMachines: [
            { name: 'web-1', privateIpAddress: '10.0.0.4', userAssignedIdentities: ['orders'], tags: { stage: 'production' } },
            { name: 'web-2', systemAssignedIdentity: false },
            { name: 'batch-1', host: 'vm-extension' },
          ],
          machines: [
            { name: 'pod-1', host: 'aks', userAssignedIdentities: ['orders'] },
            { name: 'invoice', host: 'functions' },
          ],
          resources: [{ name: 'shopvault', type: 'Microsoft.KeyVault/vaults' }],
        },
        { name: 'testing', virtualMachines: [{ name: 'trial-1', systemAssignedIdentity: false }] },
      ],
    },
  ],
  applications: [{ name: 'deployer' }],
  users: [{ name: 'Ada Lovelace', userPrincipalName: 'ada@lanyard.local', password: 'correct horse' }],
  roleAssignments: [
    { role: 'Reader', principal: { virtualMachine: 'web-1' }, scope: 'resourceGroups/lanyard' },
    { role: 'Contributor', principal: { application: 'deployer' }, scope: 'resourceGroups/lanyard' },
    { role: 'Reader', principal: { user: 'ada@lanyard.local' }, scope: 'resourceGroups/testing' },
  ],
})
