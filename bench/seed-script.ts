// The sign-in script of Microsoft's article with the built-in client and with Azure CLI, both by `lanyard run` on a platform that
// is already up. Azure CLI is the `az` on the path, or the one that LANYARD_AZ_NEWEST names.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { millisecondsOf } from './command.ts'
import type { Figure } from './figure.ts'
import { rounds } from './rounds.ts'
import { startServer } from './server-process.ts'

const script = (client: string) => `set -eu
${client} login --identity
spID=$(${client} resource list -n web-1 --query [*].identity.principalId --out tsv)
echo The managed identity for Azure resources service principal ID is $spID
`

export async function seedScript(): Promise<readonly Figure[]> {
  const az = process.env['LANYARD_AZ_NEWEST'] ?? 'az'
  const folder = mkdtempSync(path.join(tmpdir(), 'lanyard-bench-'))
  const data = path.join(folder, 'data')
  const platform = await startServer<unknown>('standing-platform.ts', { data })
  try {
    const lanyard = new URL('../bin/lanyard', import.meta.url).pathname
    writeFileSync(path.join(folder, 'az.sh'), script(az))
    writeFileSync(path.join(folder, 'lanyard.sh'), script(`${process.execPath} ${lanyard}`))
    const run = (name: string) => [process.execPath, lanyard, 'run', '-q', '--data', data, '--', 'bash', path.join(folder, name)]
    const rates = await rounds(5, [
      { name: 'lanyard, ms', measure: () => millisecondsOf(run('lanyard.sh')) },
      { name: 'az, ms', measure: () => millisecondsOf(run('az.sh')) },
    ])
    const [own = NaN, other = NaN] = rates.values()
    const ratio = other / own
    return [
      {
        what: "the article's sign-in script, platform up",
        rates,
        ratio,
        target: 'at least 10 times faster than az',
        met: ratio >= 10,
      },
    ]
  } finally {
    await platform.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
