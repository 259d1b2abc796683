import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { getCompileCacheDir } from 'node:module'
import type { Server } from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { explainRefusal } from './refusal.ts'
import type { SandboxCommand, SandboxListen, SandboxListener, SandboxPlan, SandboxReport } from './sandbox-messages.ts'

/** Namespaces with a network that has nothing but loopback, made and waiting for their command. */
export interface Sandbox {
  /** The handles of the plan's listeners, in its order: connections from inside are accepted out here. */
  readonly servers: readonly Server[]
  /** Listens on something more inside; undefined where something inside has the port. */
  listen(listener: SandboxListener): Promise<Server | undefined>
  /** The process that stands for the command: signals for the command go to it, and its exit code is the command's. */
  readonly child: ChildProcess
  /** @returns the exit code, or undefined with the signal that ended it */
  run(command: Omit<SandboxCommand, 'kind'>): Promise<number>
  close(): void
}

/** Begun before anybody knows what the sandbox shall be, since starting takes a while. */
export interface SandboxStart {
  /** @throws SandboxRefusedError */
  make(plan: Omit<SandboxPlan, 'kind'>): Promise<Sandbox>
  close(): void
}

/** What `unshare` said is of no use beyond this many characters. */
const mostTold = 4_096

/** Starts the process that makes a sandbox. */
export function startSandbox(env: Readonly<Record<string, string | undefined>>): SandboxStart {
  const namespaces = ['--user', '--map-root-user', '--net', '--mount', '--pid', '--fork', '--kill-child']
  const child = spawn('unshare', [...namespaces, process.execPath, agentPath()], {
    env: { ...env, NODE_COMPILE_CACHE: getCompileCacheDir() },
    stdio: ['inherit', 'inherit', 'pipe', 'ipc', 2],
  })
  let told = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (told = `${told}${text}`.slice(-mostTold)))
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 137)))
  })
  // Whoever waits for it is told; nobody may be waiting yet.
  ended.catch(() => undefined)
  const close = () => void child.kill('SIGKILL')

  return {
    close,
    async make(plan) {
      const servers: Server[] = []
      const late = new Map<number, (server: Server | undefined) => void>()
      await new Promise<void>((resolve, reject) => {
        const refuse = (reason: string) => void explainRefusal(reason).then(reject)
        ended.then(
          () => refuse(told),
          (error: unknown) => refuse(error instanceof Error ? error.message : String(error)),
        )
        child.on('message', (message: SandboxReport, handle) => {
          if (message.kind === 'listening' && !late.has(message.index)) servers[message.index] = handle as Server
          else if (message.kind === 'listening') late.get(message.index)?.(handle as Server)
          else if (message.kind === 'taken') late.get(message.index)?.(undefined)
          else if (message.kind === 'failed') refuse(message.reason)
          else if (message.kind === 'made') resolve()
        })
        child.send({ kind: 'plan', ...plan } satisfies SandboxPlan)
      })
      return {
        servers,
        child,
        close,
        listen(listener) {
          const index = plan.listeners.length + late.size
          return new Promise((resolve) => {
            late.set(index, resolve)
            // A sandbox that has ended listens on nothing.
            child.send({ kind: 'listen', index, ...listener } satisfies SandboxListen, (error) => error && resolve(undefined))
          })
        },
        run(command) {
          child.send({ kind: 'command', ...command } satisfies SandboxCommand)
          return ended
        },
      }
    },
  }
}

/** The file of the process inside, beside the sources or beside what is built of them. */
function agentPath(): string {
  const here = path.dirname(fileURLToPath(import.meta.url))
  const candidates = ['sandbox-agent.ts', '../sandbox-agent.cjs', 'sandbox-agent.cjs'].map((name) => path.join(here, name))
  return candidates.find((file) => existsSync(file)) ?? candidates[0] ?? ''
}
