// `lanyard run -- true` with a platform of its own, as it is built and installed, against a Node that does nothing.
import { millisecondsOf } from './command.ts'
import type { Figure } from './figure.ts'
import { rounds } from './rounds.ts'

/** Milliseconds that making a key may take; Lanyard does not wait for it. */
const allowance = 250

export async function startUp(): Promise<readonly Figure[]> {
  const lanyard = new URL('../bin/lanyard', import.meta.url).pathname
  const rates = await rounds(15, [
    {
      name: 'lanyard run -- true, ms',
      measure: () => millisecondsOf([process.execPath, lanyard, 'run', '-q', '--ephemeral', '--', 'true']),
    },
    { name: 'node -e 0, ms', measure: () => millisecondsOf([process.execPath, '-e', '0']) },
  ])
  const [taken = NaN, bare = NaN] = rates.values()
  const ratio = taken / (3 * bare + allowance)
  return [
    {
      what: 'a command with a platform of its own',
      method: 'medians of 15 runs each, in turn',
      rates,
      ratio,
      target: `under 1 of 3 times node -e 0 plus ${allowance} ms`,
      met: ratio < 1,
    },
  ]
}
