// Sends generated requests to every endpoint: `npm run fuzz`, or `npm run fuzz -- vm arc` for some, with FUZZ_COUNT for each and
// FUZZ_SEED. Prints what came back, and ends with 1 when something did that never may.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fuzz } from './fuzz.ts'
import { openTargets } from './targets.ts'

const wanted = process.argv.slice(2)
const count = Number(process.env['FUZZ_COUNT'] ?? 100_000)
const seed = Number(process.env['FUZZ_SEED'] ?? 42)
const folder = mkdtempSync(path.join(tmpdir(), 'lanyard-fuzz-'))
const { targets, close } = await openTargets(folder)
let failed = 0
for (const target of targets) {
  if (wanted.length > 0 && !wanted.includes(target.name)) continue
  const { sent, statuses, findings } = await fuzz(target, count, seed)
  const answers = [...statuses].toSorted(([a], [b]) => a - b).map(([status, n]) => `${status}: ${n}`)
  console.log(`${target.name}: ${sent} requests, ${findings.length} findings; ${answers.join(', ')}`)
  for (const { request, wrong } of findings) console.log(`  ${wrong}\n    ${JSON.stringify(request)}`)
  failed += findings.length
}
await close()
rmSync(folder, { recursive: true, force: true })
console.log(failed === 0 ? 'nothing was found' : `${failed} findings`)
process.exitCode = failed === 0 ? 0 : 1
