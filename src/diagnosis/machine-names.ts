/** How a machine, or an app, is named in commands. */
export interface MachineNames {
  readonly group: string
  readonly name: string
  /** The noun of its commands in az. */
  readonly az: string
  /** A command of Lanyard's for it; machines that are not virtual are changed in the world file. */
  readonly lanyard: (command: string) => string
  /** `the virtual machine`, `the app`. */
  readonly what: string
  /** How the portal leads to its pages. */
  readonly portal: string
}

const virtualMachine = ['vm', 'Virtual machine > Security', 'the virtual machine'] as const
const nouns: Readonly<Record<string, readonly [az: string, portal: string, what: string]>> = {
  'microsoft.compute/virtualmachines': virtualMachine,
  'microsoft.web/sites': ['webapp', 'App > Settings', 'the app'],
  'microsoft.app/containerapps': ['containerapp', 'Container app > Settings', 'the app'],
}

/** The names in an ARM id; words in capitals where there is none. */
export function namesOf(machineId: string | undefined): MachineNames {
  const segments = machineId?.split('/') ?? []
  const type = segments.slice(6, 8).join('/').toLowerCase()
  const [az, portal, what] = nouns[type] ?? (type === '' ? virtualMachine : ['resource', 'The resource', 'the machine'])
  const lanyard = (command: string) =>
    az === 'vm' ? `lanyard ${command}` : 'lanyard up --config lanyard.yaml    # with the change under "machines"'
  return { group: segments[4] ?? 'RESOURCE-GROUP', name: segments.at(-1) ?? 'VM-NAME', az, lanyard, portal, what }
}
