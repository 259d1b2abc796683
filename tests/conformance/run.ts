// Runs the real clients of other languages against the built program, and says which versions it ran. A client that is not
// installed is skipped and reported as such; with LANYARD_CONFORMANCE_REQUIRED=1 (CI) a missing client is a failure.
import { spawnSync } from 'node:child_process'

const result = spawnSync(process.execPath, ['--test', '--test-concurrency=1', 'tests/conformance/*.test.ts'], {
  cwd: new URL('../..', import.meta.url),
  stdio: 'inherit',
})
process.exitCode = result.status ?? 1
