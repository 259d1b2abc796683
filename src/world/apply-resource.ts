import { isDeepStrictEqual } from 'node:util'
import { parseResourceId } from '../resource-ids/parse-resource-id.ts'
import { mergePatch } from '../resources/json-merge-patch.ts'
import { managedIdentityPublisher } from '../resources/compute/published-extensions.ts'
import { usualExtensionPort } from '../resources/compute/virtual-machine-extension.ts'
import { normaliseLocation } from '../resources/location.ts'
import { exchangeAudience } from '../directory/federated-credential.ts'
import { clusterIssuer } from '../resources/container-service/managed-cluster.ts'
import { WorldFileError } from './world-file-error.ts'
import { hostTag, isUsualHost, serviceAccountTag } from '../resources/host-kind.ts'
import type { IdentityInput, ResourceInput } from '../resources/operations.ts'
import type { Resource } from '../resources/resource.ts'
import { identityId, machineId } from './principal-resource.ts'
import { defaultLocation, type WorldFederatedCredential, type WorldGroup, type WorldMachine } from './world-schema.ts'
import type { WorldTarget } from './world-target.ts'

type UserAssignedIdentity = WorldGroup['userAssignedIdentities'][number]
type OtherResource = WorldGroup['resources'][number]

/**
 * A federated credential of a user-assigned identity.
 * @throws WorldFileError when the cluster that it names has no issuer
 */
export async function applyFederatedCredential(
  identity: string,
  credential: WorldFederatedCredential,
  groupScope: string,
  target: WorldTarget,
): Promise<void> {
  const { name, cluster, subject, audiences = [exchangeAudience] } = credential
  const found =
    cluster === undefined
      ? undefined
      : await target.stores.resources.findResource(machineId(groupScope, { name: cluster, host: 'aks' }).toLowerCase())
  const issuer = credential.issuer ?? clusterIssuer(found?.properties ?? {})
  if (issuer === undefined) throw new WorldFileError(`there is no machine '${cluster ?? ''}' of host aks in this group`)
  const id = `${identityId(groupScope, identity)}/federatedIdentityCredentials/${name}`
  await apply(id, { properties: { issuer, subject, audiences } }, target)
}

/** What a machine's tags say beyond its own: which host it is, where its type does not say it, and its service account. */
function tagsOf({ tags, host, serviceAccount }: WorldMachine): Record<string, string> | undefined {
  const added = {
    ...(!isUsualHost(host) && { [hostTag]: host }),
    ...(serviceAccount !== undefined && { [serviceAccountTag]: serviceAccount }),
  }
  return Object.keys(added).length === 0 ? tags : { ...tags, ...added }
}

export async function applyUserAssignedIdentity(
  { name, location, tags }: UserAssignedIdentity,
  groupScope: string,
  target: WorldTarget,
): Promise<void> {
  await apply(identityId(groupScope, name), { location, tags }, target)
}

/**
 * @param withRoles keys of the machines that the world gives a role: they need their system identity, so it is switched on
 * where the file does not say it
 */
export async function applyMachine(
  machine: WorldMachine,
  groupScope: string,
  withRoles: ReadonlySet<string>,
  target: WorldTarget,
): Promise<void> {
  const id = machineId(groupScope, machine)
  const current = await target.stores.resources.findResource(id.toLowerCase())
  const isOn = current?.identity?.systemAssigned !== undefined
  const system = machine.systemAssignedIdentity ?? (withRoles.has(id.toLowerCase()) || current === undefined || isOn)
  const networkInterface =
    machine.privateIpAddress === undefined
      ? undefined
      : interfaceOf(
          id,
          `${groupScope}/providers/Microsoft.Network/networkInterfaces/${machine.name}-nic`,
          machine.privateIpAddress,
        )
  const named = machine.userAssignedIdentities.map((name) => identityId(groupScope, name))
  await apply(
    id,
    {
      location: machine.location,
      tags: tagsOf(machine),
      identity: identityInput(current, system, named),
      properties: {
        ...(machine.size !== undefined && { hardwareProfile: { vmSize: machine.size } }),
        ...(machine.host === 'aks' && { oidcIssuerProfile: { enabled: true } }),
        ...(networkInterface && { networkProfile: { networkInterfaces: [{ id: networkInterface.id }] } }),
      },
    },
    target,
  )
  if (networkInterface)
    await apply(networkInterface.id, { location: machine.location, properties: networkInterface.properties }, target)
  if (machine.host === 'vm-extension') await applyManagedIdentityExtension(id, target)
}

/** Machines whose code is led to the extension have it. */
async function applyManagedIdentityExtension(machine: string, target: WorldTarget): Promise<void> {
  const location = (await target.stores.resources.findResource(machine.toLowerCase()))?.location
  const type = 'ManagedIdentityExtensionForLinux'
  const properties = {
    publisher: managedIdentityPublisher,
    type,
    typeHandlerVersion: '1.0',
    autoUpgradeMinorVersion: true,
    provisioningState: 'Succeeded',
    settings: { port: usualExtensionPort },
  }
  await apply(`${machine}/extensions/${type}`, { location, properties }, target)
}

/** The network interface that gives a machine its address, as the network provider would show it. */
function interfaceOf(machine: string, id: string, privateIPAddress: string) {
  const configuration = {
    name: 'ipconfig1',
    properties: { privateIPAddress, privateIPAllocationMethod: 'Static', primary: true },
  }
  return { id, properties: { primary: true, virtualMachine: { id: machine }, ipConfigurations: [configuration] } }
}

export async function applyOtherResource(
  { type, name, location, tags, properties }: OtherResource,
  groupScope: string,
  target: WorldTarget,
): Promise<void> {
  const [namespace = '', ...types] = type.split('/')
  const names = name.split('/')
  const path = types.map((one, index) => `${one}/${names[index] ?? ''}`).join('/')
  await apply(`${groupScope}/providers/${namespace}/${path}`, { location, tags, properties }, target)
}

/** The identity block that is to be; undefined when it is so already. Identities that the file does not name stay attached. */
function identityInput(current: Resource | undefined, system: boolean, named: readonly string[]): IdentityInput | undefined {
  const attached = current?.identity?.userAssigned ?? []
  const keys = new Set(attached.map((id) => id.toLowerCase()))
  const missing = named.filter((id) => !keys.has(id.toLowerCase()))
  const isOn = current?.identity?.systemAssigned !== undefined
  if (current && isOn === system && missing.length === 0) return undefined
  const userAssigned = [...attached, ...missing]
  const type = [system ? 'SystemAssigned' : '', userAssigned.length > 0 ? 'UserAssigned' : ''].filter(Boolean).join(', ')
  return {
    type: type || 'None',
    ...(userAssigned.length > 0 && { userAssignedIdentities: Object.fromEntries(userAssigned.map((id) => [id, {}])) }),
  }
}

/** Makes a resource that is not there, merges into one that is, and writes nothing when all of `wanted` is so already. */
async function apply(id: string, wanted: ResourceInput, target: WorldTarget): Promise<void> {
  const resourceId = parseResourceId(id)
  const current = await target.stores.resources.findResource(resourceId.key)
  if (current && isSo(current, wanted)) return
  const { administrator, accessControl, resources } = target
  const authorized = await accessControl.authorize(administrator, `${resourceId.type}/write`, resourceId)
  const visibility = await accessControl.visibility(administrator)
  if (current) {
    await resources.patchResource(authorized, wanted, visibility)
    return
  }
  const location = wanted.location ?? (await groupLocation(resourceId, target))
  // Merged into nothing, so that what is made is what a merge into it would leave.
  const properties = mergePatch({}, wanted.properties ?? {})
  await resources.putResource(authorized, { ...wanted, location, properties }, visibility)
}

function isSo(current: Resource, { location, tags, identity, properties = {} }: ResourceInput): boolean {
  return (
    identity === undefined &&
    (location === undefined || current.location === normaliseLocation(location)) &&
    isDeepStrictEqual(mergePatch(current.tags, tags ?? {}), { ...current.tags }) &&
    isDeepStrictEqual(mergePatch(current.properties, properties), current.properties)
  )
}

async function groupLocation(
  { subscriptionId = '', resourceGroup = '' }: { subscriptionId?: string | undefined; resourceGroup?: string | undefined },
  target: WorldTarget,
): Promise<string> {
  return (await target.stores.resources.findResourceGroup(subscriptionId, resourceGroup))?.location ?? defaultLocation
}
