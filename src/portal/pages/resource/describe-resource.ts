import type { ResourceId } from '../../../resource-ids/resource-id.ts'
import { machineKindOf, userAssignedIdentityType } from '../../api/machine-kinds.ts'
import { kindIcons } from '../../controls/kind-icon.ts'
import { GroupIcon, IdentityIcon, ResourceIdIcon, ShieldIcon, SubscriptionIcon, type Icon } from '../../icons/index.ts'
import { paths, type ResourceTab } from '../../paths.ts'
import type { Crumb } from '../../shell/page.tsx'

/** What a resource is, in the words of Azure's portal, and its icon. */
export function describeType({ kind, type }: ResourceId): { readonly text: string; readonly icon: Icon } {
  if (kind === 'tenant') return { text: 'Tenant', icon: ShieldIcon }
  if (kind === 'subscription') return { text: 'Subscription', icon: SubscriptionIcon }
  if (kind === 'resourceGroup') return { text: 'Resource group', icon: GroupIcon }
  if (type.toLowerCase() === userAssignedIdentityType.toLowerCase()) return { text: 'Managed Identity', icon: IdentityIcon }
  const machine = machineKindOf(type)
  return machine ? { text: machine.name, icon: kindIcons[machine.icon] } : { text: type, icon: ResourceIdIcon }
}

/** The way to a resource, and to a tab of it: its list, its group, itself. */
export function crumbsOf(id: ResourceId, tab: ResourceTab): readonly Crumb[] {
  const crumbs: Crumb[] = []
  if (machineKindOf(id.type)) crumbs.push({ text: 'Virtual machines', path: paths.virtualMachines() })
  else if (id.type.toLowerCase() === userAssignedIdentityType.toLowerCase())
    crumbs.push({ text: 'Managed identities', path: paths.managedIdentities() })
  else if (id.kind === 'resourceGroup') crumbs.push({ text: 'Resource groups', path: paths.resourceGroups() })
  else if (id.kind === 'subscription') crumbs.push({ text: 'Subscriptions', path: paths.subscriptions() })
  else if (id.kind === 'resource' && id.parent && id.parent.kind !== 'tenant')
    crumbs.push({ text: id.parent.name, path: paths.resource(id.parent.text) })
  if (tab !== 'overview') crumbs.push({ text: id.name || 'Tenant', path: paths.resource(id.text) })
  return crumbs
}
