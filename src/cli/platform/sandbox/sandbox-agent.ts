// The process inside the namespaces of `lanyard connect`. It makes loopback and the mounts, listens and hands the listeners
// out to the process that serves, and runs the command. It is process 1 in there: when it ends, all that the command left ends too.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, realpathSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import path from 'node:path'
import { CommandNotStartedError, holdSignals, runCommand } from '../run-command.ts'
import {
  imdsAddress,
  type SandboxCommand,
  type SandboxListen,
  type SandboxListener,
  type SandboxPlan,
  type SandboxReport,
} from './sandbox-messages.ts'

/** Where the standard error of the command goes; 2 is for what `unshare` says. */
const commandErrors = 4

function report(message: SandboxReport, handle?: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(message, handle, {}, (error) => (error ? reject(error) : resolve()))
  })
}

/** @throws Error with a sentence */
function runTool(tool: string, args: readonly string[], input = ''): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(tool, args, { stdio: ['pipe', 'ignore', 'pipe'] })
    let told = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text))
    child.once('error', ({ code, message }: NodeJS.ErrnoException) =>
      reject(new Error(`The program '${tool}' could not be run (${code ?? message}).`)),
    )
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`'${[tool, ...args].join(' ')}' failed: ${told.trim()}`)),
    )
    // A tool that reads nothing may be gone before.
    child.stdin.on('error', () => {}).end(input)
  })
}

/** Begun before the plan is there: it is the same for every sandbox. */
function makeLoopback(): Promise<void> {
  return runTool('ip', ['-batch', '-'], `link set lo up\naddress add ${imdsAddress}/32 dev lo\n`)
}

/** Other processes are not seen in there. A system that forbids a new /proc shows them, which does no harm. */
const makeProc = () => runTool('mount', ['-t', 'proc', 'proc', '/proc']).catch(() => undefined)

/** @throws Error with a sentence */
async function make({ covers, listeners }: SandboxPlan): Promise<void> {
  await Promise.all([prepared, coverAll(covers)])
  await Promise.all(listeners.map((listener, index) => listen(listener, index)))
}

/** Listens and hands the listener out. */
async function listen({ host, port }: SandboxListener, index: number): Promise<void> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  await report({ kind: 'listening', index }, server)
  server.close()
}

/**
 * Covers files and folders. A target that is not there is made: in memory, below the nearest folder that there is. All of them in one
 * process, since starting one takes longer than what it does.
 */
async function coverAll(covers: SandboxPlan['covers']): Promise<void> {
  for (const { target } of covers) {
    if (existsSync(target)) continue
    let nearest = path.dirname(target)
    while (!existsSync(nearest)) nearest = path.dirname(nearest)
    await runTool('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', nearest])
    mkdirSync(target, { recursive: true })
  }
  const bind = 'while [ $# -gt 0 ]; do mount --bind "$1" "$2" || exit 1; shift 2; done'
  await runTool('sh', ['-c', bind, 'sh', ...covers.flatMap(({ source, target }) => [source, realpathSync(target)])])
}

/** Runs the command as the user that there is outside, with none of the rights over the sandbox. */
async function run({ command, env, uid, gid }: SandboxCommand): Promise<number> {
  const signals = holdSignals()
  const asUser = ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`, '--', ...command]
  try {
    return await runCommand(asUser, env, signals, ['inherit', 'inherit', commandErrors])
  } catch (error) {
    if (error instanceof CommandNotStartedError) return error.exitCode
    throw error
  }
}

process.on('message', (message: SandboxPlan | SandboxListen | SandboxCommand) => {
  if (message.kind === 'listen') {
    void listen(message, message.index).catch(() => report({ kind: 'taken', index: message.index }))
    return
  }
  const done =
    message.kind === 'plan' ? make(message).then(() => report({ kind: 'made' })) : run(message).then((code) => process.exit(code))
  done.catch(async (error: unknown) => {
    await report({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) })
    process.exit(1)
  })
})
// Whoever serves is gone: nothing in here is of use any more.
process.on('disconnect', () => process.exit(1))
const prepared = Promise.all([makeLoopback(), makeProc()])
// Whoever asks for the plan to be carried out is told.
prepared.catch(() => undefined)
