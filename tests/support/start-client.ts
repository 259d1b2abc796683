import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import tls from 'node:tls'
import { randomUUID } from 'node:crypto'
import { createHttpFetch } from '../../src/api-client/http-fetch.ts'
import { runProgram } from '../../src/cli/run-program.ts'
import type { World } from '../../src/world/world-schema.ts'
import { startTestPlatform, type TestPlatform } from './start-test-platform.ts'

export interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** The built-in client beside a real platform, which it calls on real ports as VM web-1. */
export interface Client {
  readonly platform: TestPlatform
  /** Folder of the client's own files: its profile and tokens. */
  readonly folder: string
  /** Runs one command line. */
  lanyard(...words: readonly string[]): Promise<Ended>
  /** The same, of one text; words are separated by spaces. @throws Error when it does not end with 0 */
  get(line: string): Promise<string>
  close(): Promise<void>
}

export const main = {
  id: '6c616e79-6172-4400-8000-0000000000d1',
  group: '/subscriptions/6c616e79-6172-4400-8000-0000000000d1/resourceGroups/lanyard',
}
export const second = { id: '6c616e79-6172-4400-8000-0000000000d2' }

const group = (name: string) => ({
  name,
  location: 'westeurope',
  userAssignedIdentities: [{ name: 'app' }, { name: 'spare' }],
  virtualMachines: [{ name: 'web-1', userAssignedIdentities: ['app'] }],
  machines: [],
  resources: [],
})

/** VM web-1 is Owner of everything; its identity `app` has no role. */
export const clientWorld: World = {
  subscriptions: [
    { name: 'Main', id: main.id, resourceGroups: [group('lanyard')] },
    { name: 'Second', id: second.id, resourceGroups: [] },
  ],
  applications: [
    { name: 'deployer', clientId: '33333333-3333-4333-8333-333333333333', secret: 'only-for-tests', identifierUris: [] },
  ],
  roleAssignments: [
    { role: 'Owner', principal: { virtualMachine: 'web-1' }, scope: '/' },
    { role: 'Reader', principal: { application: 'deployer' }, scope: `/subscriptions/${second.id}` },
  ],
}

export async function startClient(world: World = clientWorld): Promise<Client> {
  const platform = await startTestPlatform(world)
  const folder = mkdtempSync(path.join(tmpdir(), 'lanyard-client-'))
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), platform.certificateAuthority])
  const { url, metadataUrl } = platform

  async function lanyard(...words: readonly string[]): Promise<Ended> {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()]
    const [out, err] = [stdout.toArray(), stderr.toArray()]
    let code = 0
    await runProgram(
      {
        stdin: new PassThrough(),
        stdout,
        stderr,
        env: { LANYARD_CONFIG_DIR: folder },
        cwd: folder,
        clock: Date.now,
        newGuid: randomUUID,
        sleep: async () => undefined,
        fetch: createHttpFetch({}),
        endpoints: { resourceManager: url, authority: url, graph: url, metadata: metadataUrl },
        setExitCode: (value) => (code = value),
      },
      words,
    )
    stdout.end()
    stderr.end()
    return { code, out: (await out).join(''), err: (await err).join('') }
  }

  return {
    platform,
    folder,
    lanyard,
    get: async (line) => {
      const { code, out, err } = await lanyard(...line.split(' '))
      if (code !== 0) throw new Error(`lanyard ${line} ended with ${code}: ${err}`)
      return out.trimEnd()
    },
    close: async () => {
      await platform.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
