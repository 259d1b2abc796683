import * as z from 'zod/mini'
import {
  apiVersions,
  createRoleAssignment,
  resolveRole,
  type AuthorizedClient,
  type IdentitySelector,
} from '../api-client/index.ts'
import { resource } from '../contracts/resource.ts'
import type { Repair } from './link.ts'

const identityList = z.array(
  z.looseObject({ id: z.string(), properties: z.looseObject({ clientId: z.string(), principalId: z.string() }) }),
)
const extensionVersion = '2024-07-01'
const nameOf = (id: string) => id.split('/').at(-1) ?? id

/** The question that is asked before a repair: what it changes. */
export function describeRepair(repair: Repair): string {
  switch (repair.kind) {
    case 'switch-on':
      return `Switch the system-assigned identity of ${nameOf(repair.machineId)} on`
    case 'attach':
      return `Attach the identity ${nameOf(repair.selector.value)} to ${nameOf(repair.machineId)}`
    case 'grant-reader':
      return `Give ${repair.principalId} Reader at ${nameOf(repair.scope)}`
    case 'deploy-extension':
      return `Deploy ${repair.extension} on ${nameOf(repair.machineId)}`
    case 'reset-clock':
      return 'Set the clock of the platform to the real time'
  }
}

/** Repairs that are a change at the resource manager. */
export type ResourceRepair = Exclude<Repair, { kind: 'reset-clock' }>

/**
 * Makes the change, by the public API.
 * @param arm the resource manager, as someone who may
 * @throws ApiError, and Error with a sentence for the user
 */
export async function carryOut(repair: ResourceRepair, arm: AuthorizedClient, newGuid: () => string): Promise<void> {
  switch (repair.kind) {
    case 'switch-on':
      return patchIdentity(arm, repair.machineId, { system: true, attach: undefined })
    case 'attach':
      return patchIdentity(arm, repair.machineId, {
        system: false,
        attach: await identityId(arm, repair.machineId, repair.selector),
      })
    case 'grant-reader': {
      const subscription = repair.scope.split('/')[2] ?? ''
      const roleDefinitionId = await resolveRole(arm, subscription, repair.scope, 'Reader')
      await createRoleAssignment(arm, {
        name: newGuid(),
        scope: repair.scope,
        roleDefinitionId,
        principalId: repair.principalId,
        principalType: 'ServicePrincipal',
      })
      return
    }
    case 'deploy-extension':
      return deploy(arm, repair)
  }
}

async function readMachine(arm: AuthorizedClient, machineId: string) {
  return resource.parse(await arm.call({ method: 'GET', path: `${machineId}?api-version=${apiVersions.virtualMachines}` }))
}

/** A PATCH without a map keeps the identities that are attached. */
async function patchIdentity(
  arm: AuthorizedClient,
  machineId: string,
  { system, attach }: { system: boolean; attach: string | undefined },
): Promise<void> {
  const { identity } = await readMachine(arm, machineId)
  const kinds = [
    ...(system || /SystemAssigned/i.test(identity?.type ?? '') ? ['SystemAssigned'] : []),
    ...(attach !== undefined || /UserAssigned/i.test(identity?.type ?? '') ? ['UserAssigned'] : []),
  ]
  const body = {
    identity: { type: kinds.join(', '), ...(attach !== undefined && { userAssignedIdentities: { [attach]: {} } }) },
  }
  await arm.callAndWait({ method: 'PATCH', path: `${machineId}?api-version=${apiVersions.virtualMachines}`, body })
}

async function identityId(arm: AuthorizedClient, machineId: string, selector: IdentitySelector): Promise<string> {
  if (selector.by === 'resourceId') return selector.value
  const subscription = machineId.split('/').slice(0, 3).join('/')
  const path = `${subscription}/providers/Microsoft.ManagedIdentity/userAssignedIdentities?api-version=${apiVersions.identities}`
  const found = identityList
    .parse(await arm.list(path))
    .find(({ properties }) => (selector.by === 'clientId' ? properties.clientId : properties.principalId) === selector.value)
  if (!found)
    throw new Error(`No user-assigned identity of this subscription has the id ${selector.value}. Look at it: is it misspelt?`)
  return found.id
}

async function deploy(
  arm: AuthorizedClient,
  { machineId, extension, port }: Extract<Repair, { kind: 'deploy-extension' }>,
): Promise<void> {
  const { location } = await readMachine(arm, machineId)
  const properties = {
    publisher: 'Microsoft.ManagedIdentity',
    type: extension,
    typeHandlerVersion: '1.0',
    autoUpgradeMinorVersion: true,
    settings: { port },
  }
  const path = `${machineId}/extensions/${extension}?api-version=${extensionVersion}`
  await arm.callAndWait({ method: 'PUT', path, body: { location, properties } })
}
