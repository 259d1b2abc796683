// `npm run browser`: what a person does in the portal, in real Chromium, against the portal that the sources make. Without Chromium the
// suite is skipped, and says so; with LANYARD_CONFORMANCE_REQUIRED=1 (CI) that is a failure. Words after `--` narrow it to files by name.
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildPortal } from '../../build/portal.ts'
import { chromiumPath } from './support/chromium.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
if (chromiumPath !== undefined) await buildPortal(root, fileURLToPath(new URL('../../dist/portal', import.meta.url)))

const wanted = process.argv.slice(2)
const files = globSync('tests/browser/*.test.ts', { cwd: root }).filter(
  (file) => wanted.length === 0 || wanted.some((word) => file.includes(word)),
)
// Two at a time: each has a platform and a browser of its own.
const result = spawnSync(process.execPath, ['--test', '--test-concurrency=2', ...files.toSorted()], {
  cwd: root,
  stdio: 'inherit',
})
process.exitCode = result.status ?? 1
