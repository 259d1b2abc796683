import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** Where the profile and the kept tokens are: `$LANYARD_CONFIG_DIR`, else the user's configuration directory. */
export async function configurationDirectory(env: Readonly<Record<string, string | undefined>>): Promise<string> {
  const given = env['LANYARD_CONFIG_DIR']
  if (given) return given
  const { default: envPaths } = await import('env-paths')
  return envPaths('lanyard', { suffix: '' }).config
}

/** The JSON value in a file; undefined when there is no such file. @throws SyntaxError when it is not JSON */
export async function readJsonFile(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Replaces a file at once, so that a reader never sees half of it; only its owner can read it. */
export async function writePrivateJsonFile(file: string, value: unknown): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${randomUUID()}`
  await writeFile(draft, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600 })
  await rename(draft, file)
}

/** Removes a file that may not be there. */
export async function removeFile(file: string): Promise<void> {
  await rm(file, { force: true })
}
