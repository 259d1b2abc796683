import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

/**
 * Writes a `lanyard` that is this very program on this very runtime, so that a script finds the client that fits the platform
 * whether or not one is installed, and without the search for a newer Node that an installed one begins with.
 * @param folder private folder of the run
 * @param program the program's own words: runtime, its options, script
 * @returns the folder to put in front of PATH; undefined on Windows, where a script of this kind is no command
 */
export async function writeOwnCommand(folder: string, program: readonly string[]): Promise<string | undefined> {
  if (process.platform === 'win32') return undefined
  const binaries = path.join(folder, 'bin')
  await mkdir(binaries)
  const words = program.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ')
  // The variable makes any Node load its fetch before it begins, which costs more than all that the client does; the client
  // reads the proxy variables by itself.
  const script = `#!/bin/sh\nunset NODE_USE_ENV_PROXY\nexec ${words} "$@"\n`
  await writeFile(path.join(binaries, 'lanyard'), script, { mode: 0o755 })
  return binaries
}
