import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import tls from 'node:tls'
import { createHttpFetch } from '../../src/api-client/http-fetch.ts'
import type { Endpoints } from '../../src/api-client/index.ts'
import { runProgram } from '../../src/cli/run-program.ts'
import { diagnosisReport, type DiagnosisReport, type LinkReport } from '../../src/contracts/diagnosis-report.ts'
import { controlSocketPath, listenOnControlSocket } from '../../src/server/index.ts'
import type { World } from '../../src/world/world-schema.ts'
import type { Ended } from './start-client.ts'
import { machineId, startTestPlatform, type TestPlatform } from './start-test-platform.ts'

/** Where a command line runs, in what differs from VM web-1 of the platform. */
export interface Where {
  readonly env?: Readonly<Record<string, string>>
  readonly endpoints?: Partial<Endpoints>
  /** What a person types at the terminal; no terminal when left out. */
  readonly typed?: string
}

/** A platform that is up, with a machine on it that a doctor can be called to. */
export interface Patient {
  readonly platform: TestPlatform
  /** Runs a command line as VM web-1. */
  lanyard(words: readonly string[], where?: Where): Promise<Ended>
  /** The report of `lanyard doctor --json`. */
  doctor(words?: readonly string[], where?: Where): Promise<DiagnosisReport>
  /** Runs a command line as the administrator. */
  asAdministrator(words: readonly string[]): Promise<Ended>
  /** Types what a fix says for Lanyard (or for az, whose grammar is the same), as the administrator. @returns what went wrong, or nothing */
  follow(command: string | undefined): Promise<string>
  close(): Promise<void>
}

export async function startPatient(world?: World): Promise<Patient> {
  const platform = await startTestPlatform(world)
  const folder = mkdtempSync(path.join(tmpdir(), 'lanyard-patient-'))
  const control = await listenOnControlSocket(platform.platform, controlSocketPath(folder))
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), platform.certificateAuthority])
  const { url, metadataUrl } = platform

  async function lanyard(words: readonly string[], { env = {}, endpoints = {}, typed }: Where = {}): Promise<Ended> {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()]
    const [out, err] = [stdout.toArray(), stderr.toArray()]
    const stdin = Object.assign(new PassThrough(), { isTTY: typed !== undefined })
    if (typed !== undefined) stdin.write(`${typed}\n`)
    let code = 0
    const environment = { LANYARD_VM: machineId, LANYARD_DATA: folder, LANYARD_CONFIG_DIR: path.join(folder, 'web-1'), ...env }
    await runProgram(
      {
        stdin,
        stdout,
        stderr,
        env: environment,
        cwd: folder,
        clock: Date.now,
        newGuid: randomUUID,
        sleep: async () => undefined,
        fetch: createHttpFetch(environment),
        endpoints: { resourceManager: url, authority: url, graph: url, metadata: metadataUrl, ...endpoints },
        setExitCode: (value) => (code = value),
      },
      words,
    )
    stdout.end()
    stderr.end()
    return { code, out: (await out).join(''), err: (await err).join('') }
  }

  const administrator = { LANYARD_CONFIG_DIR: path.join(folder, 'administrator') }
  const { clientId, secret } = await platform.platform.lendSecret('lanyard-administrator')
  const signIn = ['login', '--service-principal', '-u', clientId, '-p', secret, '--tenant', platform.platform.tenantId]
  const asAdministrator = (words: readonly string[]) => lanyard(words, { env: administrator })
  await asAdministrator(signIn)

  return {
    platform,
    lanyard,
    asAdministrator,
    doctor: async (words = [], where = {}) => {
      const { code, out, err } = await lanyard(['doctor', '--json', ...words], where)
      if (out === '') throw new Error(`lanyard doctor ended with ${code}: ${err}`)
      const report = diagnosisReport.parse(JSON.parse(out))
      if (report.exitCode !== code) throw new Error(`The report says ${report.exitCode}, and the exit code is ${code}.`)
      return report
    },
    follow: async (command = '') => {
      const lines = command.split('\n').filter((line) => /^(lanyard|az) /.test(line))
      if (lines.length === 0) return `There is nothing to type in '${command}'.`
      for (const line of lines) {
        const words = [...line.matchAll(/"([^"]*)"|'([^']*)'|#.*|(\S+)/g)]
          .flatMap(([, double, single, plain]) => double ?? single ?? plain ?? [])
          .slice(1)
        const { code, err } = await asAdministrator(words)
        if (code !== 0) return `${line}: ${err}`
      }
      return ''
    },
    close: async () => {
      control.closeAllConnections()
      await new Promise((resolve) => control.close(resolve))
      await platform.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The broken link of a report, and what is to be typed for it. */
export function brokenIn(report: DiagnosisReport): LinkReport {
  const broken = report.links.find(({ state }) => state === 'failed')
  if (!broken) throw new Error('No link is broken.')
  return broken
}
