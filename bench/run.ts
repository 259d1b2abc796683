// Every figure that the README quotes: `npm run bench`, or `npm run bench metadata-token` for one of them.
import { availableParallelism, cpus } from 'node:os'
import { connect } from './connect.ts'
import type { Figure } from './figure.ts'
import { metadataToken } from './metadata-token.ts'
import { portal } from './portal.ts'
import { seedScript } from './seed-script.ts'
import { startUp } from './start-up.ts'
import { tokenMinting } from './token-minting.ts'

const benchmarks: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  'metadata-token': metadataToken,
  'token-minting': tokenMinting,
  'seed-script': seedScript,
  'start-up': startUp,
  connect,
  portal,
}

const wanted = process.argv.slice(2)
for (const name of wanted) {
  if (!(name in benchmarks)) throw new Error(`There is no benchmark '${name}'. There are: ${Object.keys(benchmarks).join(', ')}.`)
}
console.log(`${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}\n`)
for (const [name, benchmark] of Object.entries(benchmarks)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  for (const { what, method, rates, ratio, target, met } of await benchmark()) {
    console.log(`${name}: ${what}\n  ${method}`)
    for (const [who, rate] of rates) console.log(`  ${who.padEnd(28)} ${rate >= 100 ? Math.round(rate) : rate.toPrecision(3)}`)
    console.log(`  ratio ${ratio.toFixed(2)} (target: ${target}) ${met ? 'met' : 'NOT MET'}\n`)
  }
}
