import { Command } from 'commander'
import type { CommandIo } from './command-io.ts'
import { exitCodesHelp } from './exit-codes.ts'
import { version } from './version/release.ts'

interface Entry {
  readonly name: string
  readonly summary: string
  readonly load: () => Promise<{ createCommand: (io: CommandIo, wholeProgram: () => Promise<Command>) => Command }>
}

/** The first words. Each is imported only when it is the one asked for, so that starting is quick. */
const entries: readonly Entry[] = [
  { name: 'run', summary: 'run a command as if it ran on the virtual machine', load: () => import('./platform/run.ts') },
  {
    name: 'connect',
    summary: 'open a shell on the virtual machine, for programs that take no proxy too',
    load: () => import('./platform/connect.ts'),
  },
  { name: 'up', summary: 'start the platform: metadata, authority, resource manager', load: () => import('./platform/up.ts') },
  { name: 'fault', summary: 'what goes wrong on purpose', load: () => import('./fault/fault.ts') },
  { name: 'clock', summary: 'the clock of the platform', load: () => import('./clock/clock.ts') },
  { name: 'doctor', summary: 'why a sign-in does not work', load: () => import('./doctor/doctor.ts') },
  { name: 'explain', summary: 'what an error means, and what fixes it', load: () => import('./explain/explain.ts') },
  { name: 'why', summary: 'why a request was refused', load: () => import('./why/why.ts') },
  { name: 'logs', summary: 'what was done, and who signed in', load: () => import('./log/log.ts') },
  { name: 'demo', summary: 'see a sign-in happen', load: () => import('./platform/demo.ts') },
  { name: 'login', summary: 'sign in as a managed identity or a service principal', load: () => import('./login/login.ts') },
  { name: 'logout', summary: 'sign out', load: () => import('./logout/logout.ts') },
  { name: 'account', summary: 'subscriptions and access tokens', load: () => import('./account/account.ts') },
  { name: 'group', summary: 'resource groups', load: () => import('./group/group.ts') },
  { name: 'resource', summary: 'resources of any type', load: () => import('./resource/resource.ts') },
  { name: 'vm', summary: 'virtual machines, their identities and extensions', load: () => import('./vm/vm.ts') },
  { name: 'identity', summary: 'user-assigned managed identities', load: () => import('./identity/identity.ts') },
  { name: 'role', summary: 'what an identity may do', load: () => import('./role/role.ts') },
  {
    name: 'resource-ids',
    summary: 'what tokens of Azure services are asked for by',
    load: () => import('./resource-id/resource-id.ts'),
  },
  { name: 'rest', summary: 'any request to Azure', load: () => import('./rest/rest.ts') },
  { name: 'completion', summary: 'shell completion', load: () => import('./completion/completion.ts') },
  { name: 'version', summary: 'the versions of this program and its runtime', load: () => import('./version/version.ts') },
]

/**
 * The command line.
 * @param words the arguments, of which the first word says what is imported; `'all'` imports everything (completion)
 */
export async function createProgram(io: CommandIo, words: readonly string[] | 'all'): Promise<Command> {
  const program = new Command('lanyard')
    .description('Gives any machine a managed identity.')
    .version(`lanyard ${version}`, '-V, --version', 'the version of this program')
    .enablePositionalOptions()
    .addHelpText(
      'after',
      `\nExamples:\n  lanyard run -- az login --identity\n  lanyard login --identity\n  lanyard resource list -o table\n${exitCodesHelp}`,
    )
  for (const entry of entries) {
    const wanted = words === 'all' || firstWord(words) === entry.name
    const command = wanted
      ? (await entry.load()).createCommand(io, () => createProgram(io, 'all'))
      : new Command(entry.name).summary(entry.summary)
    program.addCommand(command.summary(entry.summary))
  }
  settle(program, io)
  return program
}

function firstWord(words: readonly string[]): string | undefined {
  const [first, second] = words.filter((word) => !word.startsWith('-'))
  return first === 'help' ? second : first
}

/** Commands made on their own do not inherit: errors are thrown and text goes where the program's does. */
function settle(command: Command, io: CommandIo): void {
  command.exitOverride()
  command.configureOutput({
    writeOut: (text) => io.stdout.write(text),
    writeErr: (text) => io.stderr.write(text),
    outputError: (text, write) => write(text.replace(/^error:/, 'ERROR:')),
  })
  for (const child of command.commands) settle(child, io)
}
