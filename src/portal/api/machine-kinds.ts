import { apiVersions } from '../../api-client/api-versions.ts'

/** A type of resource that code runs on with a managed identity, in the words of Azure's portal. */
export interface MachineKind {
  /** ARM type in Azure's casing. */
  readonly type: string
  readonly name: string
  readonly icon: 'machine' | 'app' | 'cluster' | 'server' | 'terminal'
  /** Of the provider, which would have to be asked for it otherwise. */
  readonly apiVersion: string
}

export const virtualMachineType = 'Microsoft.Compute/virtualMachines'
export const userAssignedIdentityType = 'Microsoft.ManagedIdentity/userAssignedIdentities'

export const machineKinds: readonly MachineKind[] = [
  { type: virtualMachineType, name: 'Virtual machine', icon: 'machine', apiVersion: '2024-11-01' },
  { type: 'Microsoft.HybridCompute/machines', name: 'Azure Arc machine', icon: 'server', apiVersion: '2024-07-10' },
  { type: 'Microsoft.Web/sites', name: 'App Service', icon: 'app', apiVersion: '2024-11-01' },
  { type: 'Microsoft.App/containerApps', name: 'Container App', icon: 'app', apiVersion: '2025-01-01' },
  { type: 'Microsoft.ContainerService/managedClusters', name: 'Kubernetes service', icon: 'cluster', apiVersion: '2025-02-01' },
  {
    type: 'Microsoft.ServiceFabric/managedClusters',
    name: 'Service Fabric managed cluster',
    icon: 'cluster',
    apiVersion: '2024-04-01',
  },
  {
    type: 'Microsoft.MachineLearningServices/workspaces',
    name: 'Azure Machine Learning workspace',
    icon: 'app',
    apiVersion: '2024-10-01',
  },
  { type: 'Microsoft.Portal/consoles', name: 'Cloud Shell', icon: 'terminal', apiVersion: '2018-10-01' },
]

/** The api-version to read and write a resource of a type with. */
export function apiVersionOf(type: string): string {
  if (type.toLowerCase() === userAssignedIdentityType.toLowerCase()) return apiVersions.identities
  return machineKindOf(type)?.apiVersion ?? apiVersions.resources
}

/** The kind of a resource type; undefined for one that nothing runs on. */
export function machineKindOf(type: string): MachineKind | undefined {
  return machineKinds.find((kind) => kind.type.toLowerCase() === type.toLowerCase())
}
