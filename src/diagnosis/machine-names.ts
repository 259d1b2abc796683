/** How a machine, or an app, is named in commands. */
export interface MachineNames {
  readonly group: string
  readonly name: string
  /** The noun of its commands in az. */
  readonly az: string
  readonly lanyard: string
  /** How the portal leads to its pages. */
  readonly portal: string
}

const nouns: Readonly<Record<string, readonly [az: string, portal: string]>> = {
  'microsoft.compute/virtualmachines': ['vm', 'Virtual machine > Security'],
  'microsoft.web/sites': ['webapp', 'App > Settings'],
  'microsoft.app/containerapps': ['containerapp', 'Container app > Settings'],
}

/** The names in an ARM id; words in capitals where there is none. */
export function namesOf(machineId: string | undefined): MachineNames {
  const segments = machineId?.split('/') ?? []
  const type = segments.slice(6, 8).join('/').toLowerCase()
  const [az, portal] = nouns[type] ?? nouns['microsoft.compute/virtualmachines'] ?? ['vm', 'Virtual machine']
  return { group: segments[4] ?? 'RESOURCE-GROUP', name: segments.at(-1) ?? 'VM-NAME', az, lanyard: 'vm', portal }
}
