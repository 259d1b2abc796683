import type { Resource } from './resource.ts'

/** The places where Azure gives code a managed identity, each with a protocol and variables of its own (wire.md C.2). */
export const hostKinds = [
  'vm',
  'vm-extension',
  'app-service',
  'app-service-2017',
  'functions',
  'container-apps',
  'arc',
  'cloud-shell',
  'service-fabric',
  'azure-ml',
  'aks',
] as const

export type HostKind = (typeof hostKinds)[number]

/**
 * Tag that says which host a resource is where its type alone does not. Azure's own tools keep tags that begin with `hidden-`
 * out of sight.
 */
export const hostTag = 'hidden-lanyard-host'

/** Tag of a cluster: the service account, `NAMESPACE:NAME`, that code runs as which runs on it. */
export const serviceAccountTag = 'hidden-lanyard-service-account'

const machineType = 'Microsoft.Compute/virtualMachines'

/** What a host of each kind is to the resource manager. */
const types: Readonly<Record<HostKind, string>> = {
  vm: machineType,
  'vm-extension': machineType,
  'app-service': 'Microsoft.Web/sites',
  'app-service-2017': 'Microsoft.Web/sites',
  functions: 'Microsoft.Web/sites',
  'container-apps': 'Microsoft.App/containerApps',
  arc: 'Microsoft.HybridCompute/machines',
  'cloud-shell': 'Microsoft.Portal/consoles',
  'service-fabric': 'Microsoft.ServiceFabric/managedClusters',
  'azure-ml': 'Microsoft.MachineLearningServices/workspaces',
  aks: 'Microsoft.ContainerService/managedClusters',
}

/** The types of resource that can be a host, in Azure's own casing. */
export const hostResourceTypes: readonly string[] = [...new Set(Object.values(types))]

/** The type of resource that a host of this kind is. */
export function resourceTypeOfHost(kind: HostKind): string {
  return types[kind]
}

/** Whether a resource of that type is a host of this kind with no tag that says so. */
export function isUsualHost(kind: HostKind): boolean {
  return hostKinds.find((other) => types[other] === types[kind]) === kind
}

/** Which host a resource is: what its tag says, where that fits its type, or what its type says. Undefined for what is none. */
export function hostKindOf({ id, tags }: Pick<Resource, 'id' | 'tags'>): HostKind | undefined {
  const lowered = id.toLowerCase()
  const possible = hostKinds.filter((kind) => lowered.includes(`/providers/${types[kind].toLowerCase()}/`))
  return possible.find((kind) => kind === tags?.[hostTag]) ?? possible[0]
}
