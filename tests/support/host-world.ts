import { hostKinds } from '../../src/resources/host-kind.ts'
import { worldSchema } from '../../src/world/world-schema.ts'
import { defaultSubscriptionId } from '../../src/world/default-world.ts'

/**
 * A machine of every host, named after it, each with its system-assigned identity and `app`; with it `lone`, a function app that has
 * one user-assigned identity alone, and `none`, one that has no identity.
 */
export const hostWorld = worldSchema.parse({
  subscriptions: [
    {
      name: 'Hosts',
      id: defaultSubscriptionId,
      resourceGroups: [
        {
          name: 'lanyard',
          userAssignedIdentities: [{ name: 'app' }, { name: 'spare' }],
          virtualMachines: [{ name: 'web-1' }],
          machines: [
            ...hostKinds.map((host) => ({ name: host, host, userAssignedIdentities: ['app'] })),
            { name: 'lone', host: 'functions', systemAssignedIdentity: false, userAssignedIdentities: ['app'] },
            { name: 'none', host: 'functions', systemAssignedIdentity: false },
          ],
        },
      ],
    },
  ],
})
