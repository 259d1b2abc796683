// `npm run conformance [language]`: runs real clients against Lanyard, and says which versions it ran. A client that is not
// installed is skipped and reported as such; with LANYARD_CONFORMANCE_REQUIRED=1 (CI) a missing client is a failure.
import { spawnSync } from 'node:child_process'
import { languages } from './selection.ts'

const [language, ...others] = process.argv.slice(2)
if (others.length > 0 || (language !== undefined && !languages.some((known) => known === language))) {
  process.stderr.write(`conformance: one language, of ${languages.join(', ')}; all of them when left out.\n`)
  process.exit(2)
}
const result = spawnSync(process.execPath, ['--test', '--test-concurrency=1', 'tests/conformance/*.test.ts'], {
  cwd: new URL('../..', import.meta.url),
  env: { ...process.env, ...(language !== undefined && { LANYARD_CONFORMANCE_LANGUAGE: language }) },
  stdio: 'inherit',
})
process.exitCode = result.status ?? 1
