import { spawnSync } from 'node:child_process'

/**
 * Runs a command to its end.
 * @returns what it printed
 * @throws Error with its output when it fails
 */
export function outputOf(command: readonly string[]): string {
  const [program = '', ...parameters] = command
  const { status, stdout, stderr, error } = spawnSync(program, parameters, { encoding: 'utf8' })
  if (error) throw error
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}:\n${stdout}${stderr}`)
  return stdout
}

/**
 * Runs a command to its end.
 * @returns wall time in milliseconds
 * @throws Error with its output when it fails
 */
export function millisecondsOf(command: readonly string[], env: NodeJS.ProcessEnv = process.env): number {
  const [program = '', ...parameters] = command
  const begun = performance.now()
  const { status, stdout, stderr, error } = spawnSync(program, parameters, { env, encoding: 'utf8' })
  const taken = performance.now() - begun
  if (error) throw error
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}:\n${stdout}${stderr}`)
  return taken
}
