import type { Resource } from '../resources/resource.ts'

/** The instance view of a virtual machine. Lanyard's machines always run; PowerShell takes the second status as power state. */
export function instanceView(machine: Resource): object {
  const time = new Date(machine.changedAt).toISOString()
  return {
    vmAgent: { vmAgentVersion: 'Unknown', statuses: [] },
    statuses: [
      { code: 'ProvisioningState/succeeded', level: 'Info', displayStatus: 'Provisioning succeeded', time },
      { code: 'PowerState/running', level: 'Info', displayStatus: 'VM running' },
    ],
  }
}
