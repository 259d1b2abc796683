import type { ComponentType } from 'react'
import type { Resource } from '../../../contracts/resource.ts'
import type { ResourceId } from '../../../resource-ids/resource-id.ts'
import { machineKindOf, userAssignedIdentityType, virtualMachineType } from '../../api/machine-kinds.ts'
import {
  ConnectIcon,
  ExtensionIcon,
  IdentityIcon,
  LogIcon,
  OverviewIcon,
  PeopleIcon,
  type Icon,
  GroupIcon,
  MachineIcon,
  ShieldIcon,
  SignInIcon,
} from '../../icons/index.ts'
import type { ResourceTab } from '../../paths.ts'
import type { Route } from '../../routing/route.ts'

/** What a tab is given: the resource that it is about. */
export interface TabProps {
  readonly id: ResourceId
  readonly resource: Resource
  readonly query: Route['query']
}

/** A tab beside a resource, in the words of Azure's portal. Its code is fetched when it is first shown. */
export interface TabDefinition {
  readonly name: ResourceTab
  readonly title: string
  readonly icon: Icon
  readonly appliesTo: (id: ResourceId) => boolean
  readonly load: () => Promise<ComponentType<TabProps>>
}

export const isMachine = ({ type }: ResourceId) => machineKindOf(type) !== undefined
export const isVirtualMachine = ({ type }: ResourceId) => type.toLowerCase() === virtualMachineType.toLowerCase()
export const isUserAssignedIdentity = ({ type }: ResourceId) => type.toLowerCase() === userAssignedIdentityType.toLowerCase()
const holdsResources = ({ kind }: ResourceId) => kind === 'subscription' || kind === 'resourceGroup'
const isThere = ({ kind }: ResourceId) => kind !== 'tenant'

/** Every tab, in the order of the menu beside a resource. */
export const tabTable: readonly TabDefinition[] = [
  {
    name: 'overview',
    title: 'Overview',
    icon: OverviewIcon,
    appliesTo: isThere,
    load: async () => (await import('./overview-tab.tsx')).OverviewTab,
  },
  {
    name: 'activity-log',
    title: 'Activity log',
    icon: LogIcon,
    appliesTo: () => true,
    load: async () => (await import('./activity-log/activity-log-tab.tsx')).ActivityLogTab,
  },
  {
    name: 'access-control',
    title: 'Access control (IAM)',
    icon: PeopleIcon,
    appliesTo: () => true,
    load: async () => (await import('./access-control/access-control-tab.tsx')).AccessControlTab,
  },
  {
    name: 'identity',
    title: 'Identity',
    icon: IdentityIcon,
    appliesTo: isMachine,
    load: async () => (await import('./identity/identity-tab.tsx')).IdentityTab,
  },
  {
    name: 'extensions',
    title: 'Extensions + applications',
    icon: ExtensionIcon,
    appliesTo: isVirtualMachine,
    load: async () => (await import('./extensions/extensions-tab.tsx')).ExtensionsTab,
  },
  {
    name: 'connect',
    title: 'Connect',
    icon: ConnectIcon,
    appliesTo: isMachine,
    load: async () => (await import('./connect/connect-tab.tsx')).ConnectTab,
  },
  {
    name: 'resources',
    title: 'Resources',
    icon: GroupIcon,
    appliesTo: holdsResources,
    load: async () => (await import('./contents/contents-tab.tsx')).ContentsTab,
  },
  {
    name: 'used-by',
    title: 'Associated resources',
    icon: MachineIcon,
    appliesTo: isUserAssignedIdentity,
    load: async () => (await import('./used-by/used-by-tab.tsx')).UsedByTab,
  },
  {
    name: 'role-assignments',
    title: 'Azure role assignments',
    icon: ShieldIcon,
    appliesTo: isUserAssignedIdentity,
    load: async () => (await import('./role-assignments/role-assignments-tab.tsx')).RoleAssignmentsTab,
  },
  {
    name: 'federated-credentials',
    title: 'Federated credentials',
    icon: SignInIcon,
    appliesTo: isUserAssignedIdentity,
    load: async () => (await import('./federated-credentials/federated-credentials-tab.tsx')).FederatedCredentialsTab,
  },
]
