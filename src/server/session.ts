import { hostKindOf, type HostKind } from '../resources/host-kind.ts'
import type { ExtensionState } from './follow-extension.ts'
import { openHost } from './open-host.ts'
import { servedHosts } from '../gateway/route.ts'
import type { Platform } from './start-platform.ts'

/** Which machine a command shall run as. */
export interface SessionRequest {
  /** Undefined: the only machine that there is. */
  readonly machine: string | undefined
  readonly resourceGroup: string | undefined
  /** An application that the command shall be able to sign in as, by name. */
  readonly application: string | undefined
  /** Where the key files of Azure Arc are written; the place where its clients look when left out. */
  readonly arcKeyDirectory?: string
}

/** What a command needs to be told to run as a machine. */
export interface SessionFacts {
  readonly machineId: string
  readonly host: HostKind
  /** Variables that the host gives its code. */
  readonly environment: Readonly<Record<string, string>>
  /** The content of the file that `AZURE_FEDERATED_TOKEN_FILE` names; undefined where the host has none. */
  readonly projectedToken: string | undefined
  /** `http://127.0.0.1:PORT`: the machine's own forward proxy. */
  readonly proxyUrl: string
  /** Where the managed-identity extension answers on the machine, as the session begins; it may be deployed and deleted later. */
  readonly extension: ExtensionState
  /** PEM of the certificate authority that vouches for the served hosts. */
  readonly certificateAuthority: string
  readonly tenantId: string
  /** Host names that the platform answers for over TLS. */
  readonly servedHosts: readonly string[]
  readonly application: { readonly clientId: string; readonly secret: string } | undefined
}

export interface Session {
  readonly facts: SessionFacts
  /** Tells of each change of the machine's managed-identity extension, as long as the session lasts. */
  onExtension(told: (state: ExtensionState) => void): void
  close(): Promise<void>
}

/**
 * Opens the listeners of one machine.
 * @throws Error with a sentence for the user when there is no such machine, or more than one
 */
export async function openSession(platform: Platform, wanted: SessionRequest): Promise<Session> {
  const machine = await chooseMachine(platform, wanted)
  const application = wanted.application === undefined ? undefined : await platform.lendSecret(wanted.application)
  const host = await openHost(platform, machine, wanted.arcKeyDirectory)
  const listener = await platform.gateway.listenForMachine({
    machineId: machine.id,
    hasImds: host.hasImds,
    ownPorts: host.ownPorts,
    extensionPorts: () => portsOf(host.extension?.state() ?? noExtension),
  })
  return {
    facts: {
      machineId: machine.id,
      host: host.kind,
      environment: host.environment,
      projectedToken: host.projectedToken,
      proxyUrl: listener.url,
      extension: host.extension?.state() ?? noExtension,
      certificateAuthority: platform.certificates.certificate,
      tenantId: platform.tenantId,
      servedHosts: servedHosts.filter((host) => !host.startsWith('*')),
      application,
    },
    onExtension: (told) => void host.extension?.onChange(told),
    close: async () => {
      await Promise.all([listener.close(), host.close()])
    },
  }
}

const noExtension: ExtensionState = { port: undefined, listening: undefined }

const portsOf = ({ port, listening }: ExtensionState) => [port, listening].filter((one) => one !== undefined)

async function chooseMachine(platform: Platform, wanted: SessionRequest) {
  const found = await platform.findMachines(wanted.machine, wanted.resourceGroup)
  const virtual = found.filter((resource) => hostKindOf(resource) === 'vm')
  // Who names none means a virtual machine, if there is one.
  const machines = wanted.machine === undefined && virtual.length > 0 ? virtual : found
  const [machine, second] = machines
  const named = wanted.machine === undefined ? 'virtual machine' : `virtual machine '${wanted.machine}'`
  const where = wanted.resourceGroup === undefined ? '' : ` in resource group '${wanted.resourceGroup}'`
  if (!machine) throw new Error(`There is no ${named}${where}. Name another with --vm, or add it to lanyard.yaml.`)
  if (!second) return machine
  const choices = machines.map(({ id }) => `--vm ${id.split('/').at(-1) ?? ''} -g ${id.split('/')[4] ?? ''}`)
  throw new Error(`There is more than one ${named}${where}. Say which one:\n  ${choices.join('\n  ')}`)
}
