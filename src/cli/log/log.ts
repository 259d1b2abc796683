import { Command } from 'commander'
import type { CommandIo } from '../command-io.ts'
import { activity } from './activity.ts'
import { signIns } from './sign-ins.ts'

/** `lanyard logs` */
export function createCommand(io: CommandIo): Command {
  const command = new Command('logs').description('What was done, and who signed in.')
  for (const log of [signIns(io), activity(io)]) command.addCommand(log)
  return command
}
