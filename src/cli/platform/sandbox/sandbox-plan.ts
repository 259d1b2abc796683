import { existsSync } from 'node:fs'
import { readFile, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { SessionFacts } from '../../../server/session.ts'
import { systemBundles } from '../../../server/trust-bundle.ts'
import type { TrustFiles } from '../write-trust.ts'
import { imdsAddress, type SandboxListener, type SandboxPlan } from './sandbox-messages.ts'

const arcKeyDirectory = '/var/opt/azcmagent/tokens'
const javaBundle = '/etc/ssl/certs/java/cacerts'

/** What a sandbox shall be, and where the connections of its listeners go. */
export interface PlannedSandbox {
  readonly plan: Omit<SandboxPlan, 'kind'>
  /** For each listener of the plan: the port out here that it leads to, or that the host is named by its own address. */
  readonly targets: readonly (number | 'hostOfAddress')[]
  /** Which host an address inside stands for. */
  readonly hostAt: (address: string) => string | undefined
}

/** Where Azure Arc's keys are written for the clients inside. */
export function arcKeysIn(folder: string): string {
  return path.join(folder, 'arc')
}

/**
 * Writes the files that a sandbox sees in place of the system's, and says what else it is made of.
 * @param folder private folder
 * @param trust where `writeTrust` will put them
 */
export async function planSandbox(folder: string, facts: SessionFacts, trust: TrustFiles): Promise<PlannedSandbox> {
  const addresses = new Map(facts.servedHosts.map((host, index) => [host, `127.100.0.${index + 1}`]))
  const hostByAddress = new Map([...addresses].map(([host, address]) => [address, host]))
  const hosts = path.join(folder, 'hosts')
  const own = await readFile('/etc/hosts', 'utf8').catch(() => '127.0.0.1 localhost\n')
  // The first line that names a host counts.
  await writeFile(hosts, `${[...addresses].map(([host, address]) => `${address} ${host}`).join('\n')}\n${own}`)
  const proxyPort = Number(new URL(facts.proxyUrl).port)
  const listeners: (SandboxListener & { readonly target: number | 'hostOfAddress' })[] = [
    { host: imdsAddress, port: 80, target: proxyPort },
    ...[...hostByAddress.keys()].map((host) => ({ host, port: 443, target: 'hostOfAddress' as const })),
    // The addresses in the variables hold in there too.
    ...new Set([proxyPort, ...portsIn(facts)]),
  ].map((one) => (typeof one === 'number' ? { host: '127.0.0.1', port: one, target: one } : one))
  // What covers a file must be there; what is in it may come later.
  await Promise.all([writeFile(trust.bundle, ''), writeFile(trust.java, '')])
  const covers = [
    { source: hosts, target: '/etc/hosts' },
    ...systemBundles.map((target) => ({ source: trust.bundle, target })),
    { source: trust.java, target: javaBundle },
  ].filter(({ target }) => existsSync(target))
  if (facts.host === 'arc') {
    await mkdir(arcKeysIn(folder), { recursive: true })
    covers.push({ source: arcKeysIn(folder), target: arcKeyDirectory })
  }
  return {
    plan: {
      listeners: listeners.map(({ host, port }) => ({ host, port })),
      covers,
    },
    targets: listeners.map(({ target }) => target),
    hostAt: (address) => hostByAddress.get(address),
  }
}

/** The ports of this machine that the variables of a host name. That of a VM extension comes and goes: see `extension-ports.ts`. */
function portsIn({ environment, host }: SessionFacts): readonly number[] {
  if (host === 'vm-extension') return []
  return Object.values(environment).flatMap((value) => {
    const url = URL.parse(value)
    return url?.hostname === 'localhost' && url.port !== '' ? [Number(url.port)] : []
  })
}
