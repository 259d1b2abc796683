import { spawn, type ChildProcess } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

/** A `lanyard up` in a process of its own. */
export interface UpProcess {
  readonly child: ChildProcess
  /** What it has printed so far. */
  readonly printed: { stdout: string; stderr: string }
  /** Resolves with true when it is up, with false when it has ended instead. */
  readonly isUp: Promise<boolean>
  /** Resolves with the exit code (null when it was killed) once all its output has come. */
  readonly ended: Promise<number | null>
}

export function startUpProcess(data: string, ...args: readonly string[]): UpProcess {
  const child = spawn(process.execPath, [main, 'up', '--data', data, '--port', '0', '--portal-port', '0', ...args], {
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const printed = { stdout: '', stderr: '' }
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed.stderr += text))
  const isUp = new Promise<boolean>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed.stdout += text
      if (printed.stdout.includes('Ctrl-C stops it.')) resolve(true)
    })
    void ended.then(() => resolve(false))
  })
  return { child, printed, isUp, ended }
}

/** Where a platform that is up can be called, from what it printed and keeps. */
export async function addressOf({ printed }: UpProcess, data: string): Promise<{ url: string; certificateAuthority: string }> {
  return {
    url: /endpoints\s+(\S+)/.exec(printed.stdout)?.[1] ?? '',
    certificateAuthority: await readFile(path.join(data, 'ca.pem'), 'utf8'),
  }
}
