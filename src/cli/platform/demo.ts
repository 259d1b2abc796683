import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Command } from 'commander'
import type { CommandIo } from '../command-io.ts'
import { run } from './run.ts'

/** The sign-in script of Microsoft's article, with the built-in client in place of az. */
const script = `lanyard login --identity

spID=$(lanyard resource list -n web-1 --query [*].identity.principalId --out tsv)
echo The managed identity for Azure resources service principal ID is $spID
`

/** `lanyard demo`: starts a platform, runs the sign-in script on VM web-1, stops. */
export function createCommand(io: CommandIo): Command {
  return new Command('demo')
    .summary('run the sign-in script on VM web-1 of a platform that ends with it')
    .description('Starts a platform with the default world, runs the sign-in script on VM web-1 with the built-in client, stops.')
    .addHelpText('after', '\nExamples:\n  lanyard demo')
    .action(async () => {
      io.setExitCode(await demo(io))
    })
}

async function demo(io: CommandIo): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lanyard-demo-'))
  try {
    const file = path.join(folder, 'sign-in.sh')
    await writeFile(file, script)
    io.stderr.write(`${script.trimEnd().replaceAll(/^(?=.)/gm, '  ')}\n\n`)
    return await run(io, ['bash', file], { ephemeral: true, offline: true, vm: 'web-1' })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
