import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import { runLanyard } from '../support/run-lanyard.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * Runs a program of `programs/` as a user does, with `lanyard run`: nothing in it knows of Lanyard.
 * @param world file beside this one, or anywhere by its whole path
 * @param env variables beside those of whoever runs the tests
 * @returns what the program told
 */
export async function runProgram<T>(
  program: string,
  options: readonly string[] = [],
  world = 'world.yaml',
  env: NodeJS.ProcessEnv = {},
): Promise<T> {
  const command = ['run', '-q', '--ephemeral', '--offline', '--config', here(world), ...options]
  const { code, stdout, stderr } = await runLanyard([...command, '--', process.execPath, here(`programs/${program}`)], { env })
  assert.equal(code, 0, stderr)
  return JSON.parse(stdout) as T
}
