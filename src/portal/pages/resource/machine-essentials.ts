import * as z from 'zod/mini'
import type { Resource } from '../../../contracts/resource.ts'
import type { ResourceId } from '../../../resource-ids/resource-id.ts'
import type { Essential } from '../../controls/essentials.tsx'
import { isVirtualMachine } from './tab-table.ts'

const optionalText = z.optional(z.string())

const properties = z.looseObject({
  provisioningState: optionalText,
  vmId: optionalText,
  clientId: optionalText,
  tenantId: optionalText,
  principalId: optionalText,
  hardwareProfile: z.optional(z.looseObject({ vmSize: optionalText })),
  storageProfile: z.optional(z.looseObject({ osDisk: z.optional(z.looseObject({ osType: optionalText })) })),
})

/** What Azure's portal shows of a virtual machine or an identity beside what every resource has. */
export function machineEssentials(id: ResourceId, { identity, properties: own }: Resource): readonly Essential[] {
  const read = properties.safeParse(own ?? {})
  const { provisioningState, vmId, clientId, principalId, tenantId, hardwareProfile, storageProfile } = read.success
    ? read.data
    : ({} as z.infer<typeof properties>)
  const os = storageProfile?.osDisk?.osType
  const all: readonly (Essential | undefined)[] = [
    provisioningState === undefined ? undefined : { name: 'Status', value: isVirtualMachine(id) ? 'Running' : provisioningState },
    os === undefined ? undefined : { name: 'Operating system', value: os },
    hardwareProfile?.vmSize === undefined ? undefined : { name: 'Size', value: hardwareProfile.vmSize },
    vmId === undefined ? undefined : { name: 'VM ID', value: vmId, copy: vmId },
    clientId === undefined ? undefined : { name: 'Client ID', value: clientId, copy: clientId },
    principalId === undefined ? undefined : { name: 'Object (principal) ID', value: principalId, copy: principalId },
    tenantId === undefined ? undefined : { name: 'Tenant ID', value: tenantId, copy: tenantId },
    identity === undefined || identity === null ? undefined : { name: 'Identity', value: identity.type },
    identity?.principalId === undefined
      ? undefined
      : { name: 'System assigned object ID', value: identity.principalId, copy: identity.principalId },
  ]
  return all.filter((item) => item !== undefined)
}
