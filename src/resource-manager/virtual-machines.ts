import type { ScheduledEvent } from '../resources/compute/scheduled-events.ts'
import type { Resource } from '../resources/resource.ts'

/** What can be asked of a machine with POST, in lower case. Lanyard's machines always run, so there is nothing to do. */
export const machineVerbs: readonly string[] = [
  'start',
  'restart',
  'deallocate',
  'poweroff',
  'redeploy',
  'reapply',
  'simulateeviction',
]

/** What a machine is told of before one of these is done to it. */
export const announcedEvents: Readonly<Partial<Record<string, Pick<ScheduledEvent, 'type' | 'source' | 'description'>>>> = {
  restart: {
    type: 'Reboot',
    source: 'User',
    description: 'Virtual machine is going to be restarted as requested by authorized user.',
  },
  redeploy: {
    type: 'Redeploy',
    source: 'User',
    description: 'Virtual machine is going to be redeployed as requested by authorized user.',
  },
  simulateeviction: { type: 'Preempt', source: 'Platform', description: 'Virtual machine is going to be evicted.' },
}

/** What there is to tell of the extensions of a machine. */
export interface ExtensionStatuses {
  readonly extensions: readonly object[]
  /** The programs on the machine that run them. */
  readonly handlers: readonly object[]
}

/** The instance view of a virtual machine. Lanyard's machines always run; PowerShell takes the second status as power state. */
export function instanceView(machine: Resource, { extensions, handlers }: ExtensionStatuses): object {
  const time = new Date(machine.changedAt).toISOString()
  const some = extensions.length > 0
  return {
    vmAgent: { vmAgentVersion: 'Unknown', statuses: [], ...(some && { extensionHandlers: handlers }) },
    ...(some && { extensions }),
    statuses: [
      { code: 'ProvisioningState/succeeded', level: 'Info', displayStatus: 'Provisioning succeeded', time },
      { code: 'PowerState/running', level: 'Info', displayStatus: 'VM running' },
    ],
  }
}
