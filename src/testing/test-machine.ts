import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { projectedTokenIn, runEnvironment } from '../cli/platform/run-environment.ts'
import { writeTrust } from '../cli/platform/write-trust.ts'
import { openSession } from '../server/session.ts'
import type { Platform } from '../server/start-platform.ts'
import type { TestMachine } from './machine.ts'

/** Opens a machine; its listeners and its private folder last until it is closed. */
export async function openTestMachine(
  platform: Platform,
  name: string | undefined,
  resourceGroup: string | undefined,
): Promise<TestMachine & { close(): Promise<void> }> {
  const session = await openSession(platform, { machine: name, resourceGroup, application: undefined })
  const { facts } = session
  const folder = await mkdtemp(path.join(tmpdir(), 'lanyard-test-'))
  await writeTrust(folder, facts.certificateAuthority, { env: process.env, clock: Date.now })
  if (facts.projectedToken !== undefined) await writeFile(projectedTokenIn(folder), facts.projectedToken, { mode: 0o600 })
  const { hostname, port } = new URL(facts.proxyUrl)
  return {
    id: facts.machineId,
    environment: (base = process.env) => runEnvironment(base, facts, folder),
    hostEnvironment: facts.environment,
    proxyUrl: facts.proxyUrl,
    proxyOptions: { host: `http://${hostname}`, port: Number(port) },
    close: async () => {
      await Promise.all([session.close(), rm(folder, { recursive: true, force: true })])
    },
  }
}
