import { Command } from 'commander'
import type { CommandIo } from '../command-io.ts'
import { askingCommand, askPlatform, type AskingOptions } from '../platform/ask-platform.ts'

/** `lanyard clock`: the clock of the running platform. */
export function createCommand(io: CommandIo): Command {
  const ask = (options: AskingOptions, body: object) => askPlatform(io, options, { method: 'POST', path: '/clock', body })
  const plain = (action: 'show' | 'resume' | 'reset', summary: string) =>
    askingCommand(action, summary, [`clock ${action}`]).action(async (options: AskingOptions) => ask(options, { action }))
  const freeze = askingCommand('freeze', 'stop it', ['clock freeze', 'clock freeze 2026-01-31T12:00:00Z'])
    .argument('[time]', 'where to stop it: 25h from now, or 2026-01-31T12:00:00Z; where it stands when left out')
    .action(async (to: string | undefined, options: AskingOptions) => ask(options, { action: 'freeze', to }))
  const move = askingCommand('move', 'move it', ['clock move 25h', 'clock move 2026-01-31T12:00:00Z', 'clock move -- -10m'])
    .argument('<time>', 'by how much, or where to: 25h, 2026-01-31T12:00:00Z')
    .action(async (to: string, options: AskingOptions) => ask(options, { action: 'move', to }))
  const command = new Command('clock')
    .description('The clock of the platform that `lanyard up` started. The clocks of its clients stay as they are.')
    .addHelpText('after', '\nExamples:\n  lanyard clock move 25h\n  lanyard clock freeze\n  lanyard clock reset')
  const verbs = [
    plain('show', 'what it shows'),
    freeze,
    move,
    plain('resume', 'let it run on from where it stands'),
    plain('reset', 'make it the real time again'),
  ]
  for (const verb of verbs) command.addCommand(verb)
  return command
}
