import { Argument, Command } from 'commander'
import type { CommandIo } from '../command-io.ts'
import { bashScript, fishScript, zshScript, type CompletionNode } from './scripts.ts'

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript }

/**
 * `lanyard completion`: a script made from the commands themselves.
 * @param wholeProgram makes the program with every command loaded
 */
export function createCommand(io: CommandIo, wholeProgram: () => Promise<Command>): Command {
  return new Command('completion')
    .description('Prints a completion script for a shell.')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(scripts)))
    .addHelpText(
      'after',
      `
Examples:
  source <(lanyard completion bash)
  source <(lanyard completion zsh)
  lanyard completion fish > ~/.config/fish/completions/lanyard.fish`,
    )
    .action(async (shell: keyof typeof scripts) => {
      io.stdout.write(scripts[shell](nodesOf(await wholeProgram(), '')))
    })
}

function nodesOf(command: Command, path: string): CompletionNode[] {
  const options = command.options.filter((option) => !option.hidden).flatMap((option) => (option.long ? [option.long] : []))
  const own = { path, words: [...command.commands.map((child) => child.name()), ...options, '--help'] }
  return [own, ...command.commands.flatMap((child) => nodesOf(child, `${path} ${child.name()}`.trim()))]
}
