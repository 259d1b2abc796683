import { groupOf } from '../../../api-client/resource-ids.ts'
import type { Resource } from '../../../contracts/resource.ts'
import type { MachineFilter } from '../../paths.ts'

/** A machine as the list shows it; what is looked for in it is made once. */
export interface MachineRow {
  readonly resource: Resource
  readonly group: string
  /** GUID. */
  readonly subscription: string
  /** `systemassigned`, `userassigned`, both joined by a comma, or `none`. */
  readonly identity: string
  /** Everything that a text filter looks at, in lower case. */
  readonly text: string
}

/** What the list says of resources. */
export function machineRows(resources: readonly Resource[]): readonly MachineRow[] {
  return resources.map((resource) => {
    const group = groupOf(resource.id) ?? ''
    const subscription = /^\/subscriptions\/([^/]+)/i.exec(resource.id)?.[1] ?? ''
    const identity = (resource.identity?.type ?? 'None').toLowerCase().replaceAll(' ', '')
    const tags = Object.entries(resource.tags ?? {}).map(([name, value]) => `${name}:${value}`)
    const text = [resource.name, group, resource.location ?? '', ...tags].join('\n').toLowerCase()
    return { resource, group, subscription, identity, text }
  })
}

/** The machines that a filter leaves. Every word of its text must be in the name, the group, the location or a tag. */
export function filterMachines(rows: readonly MachineRow[], filter: MachineFilter): readonly MachineRow[] {
  const words = (filter.filter ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const group = filter.group?.toLowerCase()
  const subscription = filter.subscription?.toLowerCase()
  const identity = filter.identity?.toLowerCase()
  return rows.filter(
    (row) =>
      words.every((word) => row.text.includes(word)) &&
      (!group || row.group.toLowerCase() === group) &&
      (!subscription || row.subscription.toLowerCase() === subscription) &&
      (!identity || row.identity.split(',').includes(identity)),
  )
}
