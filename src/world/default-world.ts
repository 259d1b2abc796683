import type { World } from './world-schema.ts'

/** Subscription of the default world: fixed, so that scripts and documents can name it. */
export const defaultSubscriptionId = '6c616e79-6172-4400-8000-000000000001'

/**
 * What exists when there is no world file: VM `web-1` in group `lanyard`, its system identity on, Reader on its group.
 * `examples/default.yaml` is the same as a file.
 */
export const defaultWorld: World = {
  subscriptions: [
    {
      name: 'Lanyard',
      id: defaultSubscriptionId,
      resourceGroups: [
        {
          name: 'lanyard',
          location: 'westeurope',
          userAssignedIdentities: [],
          virtualMachines: [{ name: 'web-1', systemAssignedIdentity: true, userAssignedIdentities: [] }],
          machines: [],
          resources: [],
        },
      ],
    },
  ],
  applications: [],
  roleAssignments: [{ role: 'Reader', principal: { virtualMachine: 'web-1' }, scope: 'resourceGroups/lanyard' }],
}
