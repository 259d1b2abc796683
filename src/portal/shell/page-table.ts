import type { ComponentType } from 'react'
import {
  ErrorIcon,
  HomeIcon,
  MachineIcon,
  QuestionIcon,
  ResourceIdIcon,
  SignInIcon,
  type Icon,
  IdentityIcon,
  GroupIcon,
  SubscriptionIcon,
} from '../icons/index.ts'
import { paths } from '../paths.ts'
import type { Route } from '../routing/route.ts'

/** What a page is given: the rest of the address. */
export interface PageProps {
  readonly route: Route
}

/** A page of the portal. Its code is fetched when it is first shown. */
export interface PageDefinition {
  /** Its name in addresses, `#NAME`. */
  readonly name: string
  /** Its entry in the menu; none for what is reached from another page. */
  readonly menu?: { readonly title: string; readonly icon: Icon; readonly path: string }
  readonly load: () => Promise<ComponentType<PageProps>>
}

/** Every page, in the order of the menu. See docs/portal.md for how one is added. */
export const pageTable: readonly PageDefinition[] = [
  {
    name: 'home',
    menu: { title: 'Home', icon: HomeIcon, path: paths.home() },
    load: async () => (await import('../pages/home/home-page.tsx')).HomePage,
  },
  {
    name: 'virtual-machines',
    menu: { title: 'Virtual machines', icon: MachineIcon, path: paths.virtualMachines() },
    load: async () => (await import('../pages/virtual-machines/virtual-machines-page.tsx')).VirtualMachinesPage,
  },
  {
    name: 'managed-identities',
    menu: { title: 'Managed identities', icon: IdentityIcon, path: paths.managedIdentities() },
    load: async () => (await import('../pages/managed-identities/managed-identities-page.tsx')).ManagedIdentitiesPage,
  },
  {
    name: 'resource-groups',
    menu: { title: 'Resource groups', icon: GroupIcon, path: paths.resourceGroups() },
    load: async () => (await import('../pages/resource-groups/resource-groups-page.tsx')).ResourceGroupsPage,
  },
  {
    name: 'subscriptions',
    menu: { title: 'Subscriptions', icon: SubscriptionIcon, path: paths.subscriptions() },
    load: async () => (await import('../pages/subscriptions/subscriptions-page.tsx')).SubscriptionsPage,
  },
  {
    name: 'sign-in-logs',
    menu: { title: 'Sign-in logs', icon: SignInIcon, path: paths.signInLogs() },
    load: async () => (await import('../pages/sign-in-logs/sign-in-logs-page.tsx')).SignInLogsPage,
  },
  {
    name: 'resource-ids',
    menu: { title: 'Resource ids', icon: ResourceIdIcon, path: paths.resourceIds() },
    load: async () => (await import('../pages/resource-ids/resource-ids-page.tsx')).ResourceIdsPage,
  },
  {
    name: 'errors',
    menu: { title: 'Errors', icon: ErrorIcon, path: paths.errors() },
    load: async () => (await import('../pages/errors/errors-page.tsx')).ErrorsPage,
  },
  {
    name: 'why',
    menu: { title: 'Why', icon: QuestionIcon, path: paths.why() },
    load: async () => (await import('../pages/why/why-page.tsx')).WhyPage,
  },
  { name: 'resource', load: async () => (await import('../pages/resource/resource-page.tsx')).ResourcePage },
]
