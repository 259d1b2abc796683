import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startUpProcess } from '../../support/start-up-process.ts'
import { runLanyard, type Finished } from '../../support/run-lanyard.ts'
import type { PortalAccess } from './sign-in.ts'

/** A `lanyard up` in a process of its own, and the commands that a person types beside it. */
export interface StandingPlatform extends PortalAccess {
  /** Files of the test; the world file is `lanyard.yaml`. */
  readonly folder: string
  /** A `lanyard` command beside it. */
  lanyard(...args: readonly string[]): Promise<Finished>
  /** A command on the machine web-1. @param az the folder of the `az` to use; undefined uses the built-in client by that name */
  onMachine(az: string | undefined, ...command: readonly string[]): Promise<Finished>
  /** A script of `az` that the administrator of the installation runs. @throws Error with what it said when it fails */
  administer(az: string | undefined, script: string): Promise<string>
  close(): Promise<void>
}

/**
 * Starts `lanyard up` with a world file, or with the default world, and reads from what it prints where the portal is and how to sign in.
 * @throws Error with what it said when it does not come up
 */
export async function startStandingPlatform(world?: string): Promise<StandingPlatform> {
  const folder = mkdtempSync(path.join(tmpdir(), 'lanyard-browser-'))
  const data = path.join(folder, 'data')
  const file = path.join(folder, 'lanyard.yaml')
  if (world !== undefined) writeFileSync(file, world)
  // Where no az is installed, the article's script finds the built-in client by that name.
  const ownClient = path.join(folder, 'own-client')
  mkdirSync(ownClient)
  writeFileSync(path.join(ownClient, 'az'), '#!/bin/sh\nexec lanyard "$@"\n', { mode: 0o755 })
  const up = startUpProcess(data, ...(world === undefined ? [] : ['--config', file]), '--offline')
  if (!(await up.isUp)) throw new Error(`lanyard up ended: ${up.printed.stderr}`)
  const said = (name: string) => new RegExp(String.raw`^  ${name}\s+(\S+)$`, 'm').exec(up.printed.stdout)?.[1] ?? ''
  const login = /az login --service-principal .*$/m.exec(up.printed.stdout)?.[0] ?? ''
  const env = { LANYARD_DATA: data }
  const onMachine: StandingPlatform['onMachine'] = (az, ...command) =>
    runLanyard(['run', '-q', '--data', data, '--vm', 'web-1', '--', ...command], {
      cwd: folder,
      env: { ...env, PATH: `${az ?? ownClient}${path.delimiter}${process.env['PATH'] ?? ''}` },
    })
  return {
    origin: said('portal'),
    user: said('user'),
    password: said('password'),
    folder,
    lanyard: (...args) => runLanyard(args, { cwd: folder, env }),
    onMachine,
    administer: async (az, script) => {
      const { code, stdout, stderr } = await onMachine(az, 'sh', '-ec', `${login} -o none\n${script}`)
      if (code !== 0) throw new Error(stderr)
      return stdout.trim()
    },
    close: async () => {
      up.child.kill('SIGTERM')
      await up.ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
