import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

export interface ServerProcess<T> {
  /** What the server printed about itself. */
  readonly facts: T
  stop(): Promise<void>
}

/** Starts `servers/NAME` in a process of its own, and waits for the line of JSON that it prints when it listens. */
export async function startServer<T>(name: string, input?: unknown): Promise<ServerProcess<T>> {
  const file = new URL(`servers/${name}`, import.meta.url).pathname
  const child = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(input === undefined ? '' : JSON.stringify(input))
  const lines = createInterface(child.stdout)
  const [line] = (await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(() => Promise.reject(new Error(`${name} ended before it listened`))),
  ])) as [string]
  return {
    facts: JSON.parse(line) as T,
    async stop() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}
