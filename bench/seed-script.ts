// The sign-in script of Microsoft's article with the built-in client and with Azure CLI, on a platform that is already up: the
// script alone, timed inside `lanyard run`, and the whole of `lanyard run -- bash script`. Every run has a configuration folder
// of its own, so both clients start without any. Azure CLI is the `az` on the path, or the one that LANYARD_AZ_NEWEST names.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
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
    const bin = fileURLToPath(new URL('../bin/lanyard', import.meta.url))
    const stopwatch = fileURLToPath(new URL('timed.ts', import.meta.url))
    const lanyardRun = (...command: readonly string[]) => [process.execPath, bin, 'run', '-q', '--data', data, '--', ...command]
    const scriptFile = (name: string) => path.join(folder, `${name}.sh`)
    writeFileSync(scriptFile('az'), script(az))
    // `run` puts the lanyard that it is itself on the path.
    writeFileSync(scriptFile('lanyard'), script('lanyard'))
    const alone = (name: string) => {
      const [program = '', ...parameters] = lanyardRun(process.execPath, stopwatch, 'bash', scriptFile(name))
      return Number(execFileSync(program, parameters, { encoding: 'utf8' }))
    }
    const whole = (name: string) => millisecondsOf(lanyardRun('bash', scriptFile(name)))
    const method = `medians of 9 runs each, in turn, each with an empty configuration folder; az is ${versionOf(az)}`
    const compare = async (what: string, measure: (name: string) => number): Promise<Figure> => {
      const rates = await rounds(9, [
        { name: 'lanyard, ms', measure: () => measure('lanyard') },
        { name: 'az, ms', measure: () => measure('az') },
      ])
      const [own = NaN, other = NaN] = rates.values()
      const ratio = other / own
      return { what, method, rates, ratio, target: 'at least 10 times faster than az', met: ratio >= 10 }
    }
    return [
      await compare("the article's sign-in script, platform up", alone),
      await compare('the same, and `lanyard run` that makes the machine for it', whole),
    ]
  } finally {
    await platform.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** As Azure CLI tells it, for instance `2.91.0`. */
function versionOf(az: string): string {
  const told = JSON.parse(execFileSync(az, ['version', '-o', 'json'], { encoding: 'utf8' })) as Record<string, unknown>
  return String(told['azure-cli'])
}
