import { randomUUID } from 'node:crypto'
import http from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { endpointsFromEnvironment } from '../api-client/endpoints.ts'
import { runProgram } from './run-program.ts'

// `lanyard resource list | head -1` closes our standard output early: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

/** The platform has its own way of using an upstream proxy. */
const platformCommands = ['run', 'up', 'demo']
/** Node's fetch reads no proxy variable unless it is told to. Plain HTTP goes to the proxy as an absolute-form GET. */
const proxyVariables = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy']
const isClient = !platformCommands.includes(process.argv[2] ?? '')
if (isClient && proxyVariables.some((name) => process.env[name]) && 'setGlobalProxyFromEnv' in http) http.setGlobalProxyFromEnv()

await runProgram(
  {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    clock: () => Date.now(),
    newGuid: () => randomUUID(),
    sleep: async (milliseconds) => {
      await sleep(milliseconds)
    },
    // Node loads its fetch when the property is read, which takes a while.
    fetch: (...request) => globalThis.fetch(...request),
    endpoints: endpointsFromEnvironment(process.env),
    setExitCode: (code) => {
      process.exitCode = code
    },
  },
  process.argv.slice(2),
)
