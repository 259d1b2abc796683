import type { ServicePrincipal } from '../directory/service-principal.ts'
import type { ScheduledEvents } from '../resources/compute/scheduled-events.ts'
import type { MachineNetwork } from './machine-network.ts'
import type { Resource } from '../resources/resource.ts'

/** The machine that a request comes from. */
export interface Machine {
  /** ARM id of its virtual machine. */
  readonly resourceId: string
}

/** An identity that a machine has. */
export interface MachineIdentity {
  readonly principal: ServicePrincipal
  /** ARM id of the user-assigned identity; undefined for the system-assigned one. */
  readonly userAssignedId: string | undefined
}

/** What the platform knows of a machine now. */
export interface MachineFacts {
  readonly resource: Resource
  readonly identities: readonly MachineIdentity[]
}

/** What a machine is told before it happens. */
export type MachineEvents = Pick<ScheduledEvents, 'of' | 'start'>

/** Reads the state of a machine; undefined when the virtual machine does not exist (any more). */
export interface MachineRegistry {
  facts(machine: Machine): Promise<MachineFacts | undefined>
  network(resource: Resource): Promise<MachineNetwork>
}
