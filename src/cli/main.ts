import { setTimeout as sleep } from 'node:timers/promises'
import { endpointsFromEnvironment } from '../api-client/endpoints.ts'
import { createHttpFetch } from '../api-client/http-fetch.ts'
import { runProgram } from './run-program.ts'

// `lanyard resource list | head -1` closes our standard output early: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

void runProgram(
  {
    // Opened only when it is read.
    get stdin() {
      return process.stdin
    },
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    clock: () => Date.now(),
    // Loaded only when there is something to name.
    newGuid: () => process.getBuiltinModule('node:crypto').randomUUID(),
    sleep: async (milliseconds) => {
      await sleep(milliseconds)
    },
    fetch: createHttpFetch(process.env),
    endpoints: endpointsFromEnvironment(process.env),
    setExitCode: (code) => {
      process.exitCode = code
    },
  },
  process.argv.slice(2),
)
