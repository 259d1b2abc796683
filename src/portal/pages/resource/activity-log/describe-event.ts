import * as z from 'zod/mini'
import { parseJson } from '../../../../api-client/errors.ts'
import type { ActivityEventItem } from '../../../../contracts/activity-event.ts'

/** What an operation is called in Azure's portal, where it is not clear from its action. */
const operationNames: Readonly<Record<string, string>> = {
  'microsoft.compute/virtualmachines/write': 'Create or Update Virtual Machine',
  'microsoft.compute/virtualmachines/delete': 'Delete Virtual Machine',
  'microsoft.compute/virtualmachines/extensions/write': 'Create or Update Virtual Machine Extension',
  'microsoft.compute/virtualmachines/extensions/delete': 'Delete Virtual Machine Extension',
  'microsoft.managedidentity/userassignedidentities/write': 'Create or Update User Assigned Identity',
  'microsoft.managedidentity/userassignedidentities/delete': 'Delete User Assigned Identity',
  'microsoft.managedidentity/userassignedidentities/assign/action': 'Assign User Assigned Identity',
  'microsoft.authorization/roleassignments/write': 'Create role assignment',
  'microsoft.authorization/roleassignments/delete': 'Delete role assignment',
  'microsoft.resources/subscriptions/resourcegroups/write': 'Update resource group',
  'microsoft.resources/subscriptions/resourcegroups/delete': 'Delete resource group',
}

/** What was done, in words where there are some. */
export function operationOf({ operationName }: Pick<ActivityEventItem, 'operationName'>): string {
  return operationNames[operationName.value.toLowerCase()] ?? operationName.localizedValue ?? operationName.value
}

const claims = z.looseObject({ claims: z.optional(z.record(z.string(), z.unknown())) })

/** Who did it: a user's name, else the caller as the log has it. */
export function initiatorOf(event: ActivityEventItem): string {
  const read = claims.safeParse(event)
  const name = read.success ? read.data.claims?.['name'] : undefined
  return event.caller ?? (typeof name === 'string' ? name : '')
}

const statusMessage = z.looseObject({ error: z.looseObject({ code: z.string(), message: z.string() }) })

/** The error of an operation that failed; undefined of one that did not. */
export function errorOf({ properties }: ActivityEventItem): { readonly code: string; readonly message: string } | undefined {
  const read = statusMessage.safeParse(parseJson(properties?.['statusMessage'] ?? ''))
  return read.success ? read.data.error : undefined
}

/** The request id, which `why` explains. */
export function requestIdOf({ properties, correlationId }: ActivityEventItem): string | undefined {
  return properties?.['serviceRequestId'] ?? correlationId ?? undefined
}
